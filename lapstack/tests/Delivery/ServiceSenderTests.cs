using System.Text;
using Lapstack.Access;
using Lapstack.Delivery;
using Lapstack.Ports;

namespace Lapstack.Tests.Delivery;

/// <summary>How a service reaches a function: asking first, as itself, for the source it acts for.</summary>
public sealed class ServiceSenderTests
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:tick";
    private const string RuleArn = "arn:aws:events:us-east-1:000000000000:rule/every-minute";

    private static readonly Caller Events = Caller.Service("events.amazonaws.com", "000000000000");

    [Fact]
    public async Task Function_is_invoked_asynchronously_after_the_permission_was_asked_for_with_the_rule_as_source()
    {
        var account = new FakeAccount();

        var refusal = await SendAsync(account, FunctionArn);

        Assert.Null(refusal);
        Assert.Equal((FunctionArn, "{\"n\":1}", InvocationType.Event), Assert.Single(account.Invocations));
        var (caller, request) = Assert.Single(account.Asked);
        Assert.Equal(
            ("events.amazonaws.com", "lambda:InvokeFunction", FunctionArn),
            (caller.Arn, request.Action, request.Resource));
        Assert.Equal([RuleArn], request.Context["aws:SourceArn"]);
    }

    [Fact]
    public async Task Function_whose_permission_is_missing_is_not_invoked()
    {
        var account = new FakeAccount { Answer = "because no resource-based policy allows it" };

        var refusal = await SendAsync(account, FunctionArn);

        Assert.Equal(new DeliveryRefusal("NO_PERMISSIONS", "because no resource-based policy allows it"), refusal);
        Assert.Empty(account.Invocations);
    }

    [Fact]
    public async Task Function_that_does_not_exist_is_a_refusal_that_names_it()
    {
        var refusal = await SendAsync(new FakeAccount(), FunctionArn + "-gone");

        Assert.Equal("NO_RESOURCE", refusal?.Code);
        Assert.Contains(FunctionArn + "-gone", refusal!.Message, StringComparison.Ordinal);
    }

    private static Task<DeliveryRefusal?> SendAsync(FakeAccount account, string functionArn) =>
        new ServiceSender(queues: null!, account, account).ToFunctionAsync(
            Events, RuleArn, functionArn, "{\"n\":1}", CancellationToken.None);

    /// <summary>An account with one function, and an authorizer that gives one answer.</summary>
    private sealed class FakeAccount : IFunctions, IAuthorizer
    {
        public string? Answer { get; init; }

        public List<(Caller Caller, AccessRequest Request)> Asked { get; } = [];

        public List<(string Arn, string Payload, InvocationType Type)> Invocations { get; } = [];

        public bool Exists(string functionArn) => functionArn == FunctionArn;

        public Task<InvocationResult> InvokeAsync(
            string functionArn, ReadOnlyMemory<byte> payload, InvocationType type, CancellationToken cancellation)
        {
            Invocations.Add((functionArn, Encoding.UTF8.GetString(payload.Span), type));
            return Task.FromResult(new InvocationResult(202, null, default));
        }

        public AccessRefusal? Refusal(Caller caller, AccessRequest request)
        {
            Asked.Add((caller, request));
            return Answer is null ? null : new AccessRefusal(request.Action, Answer);
        }
    }
}
