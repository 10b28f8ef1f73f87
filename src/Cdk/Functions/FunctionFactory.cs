using Amazon.CDK;
using Constructs;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Permissions;
using Jobs.Cdk.Queues;
using Jobs.Core;

namespace Jobs.Cdk.Functions;

/// <summary>Makes functions, all of one code, which know where everything is.</summary>
/// <param name="parent">Where they and their inboxes are.</param>
internal sealed class FunctionFactory(Construct parent, Shared shared, JobRunnerProps props, FunctionCode code)
{
    private readonly FunctionEnvironment _environment = new(shared, props);

    /// <summary>What a function may be granted besides.</summary>
    public FunctionPermissions Permissions { get; } = new(shared.Storage, shared.Compute, shared.Alerts);

    /// <summary>A function that may move runs.</summary>
    public HandlerFunction Add(string handler, Duration timeout, int? memoryMiB = null)
    {
        var function = AddAsleep(handler, timeout, memoryMiB);
        function.Grant([.. Permissions.MoveRuns()]);
        return function;
    }

    /// <summary>A function that nothing wakes yet: it may write its log.</summary>
    public HandlerFunction AddAsleep(string handler, Duration timeout, int? memoryMiB = null)
    {
        var function = new HandlerFunction(
            parent,
            handler,
            code,
            memoryMiB ?? code.UsualMemoryMiB,
            timeout,
            shared.LogRetention,
            _environment.All());
        function.AlertWith(shared.Alerts);
        if (shared.Tracing is not { } tracing) return function;
        if (tracing.IsXRay) function.TraceActively();
        function.Grant(tracing.Permissions());
        return function;
    }

    /// <summary>A function that takes what comes to an inbox.</summary>
    public HandlerFunction AddFor(Inbox inbox, string handler, Duration timeout)
    {
        var function = Add(handler, timeout);
        function.Function.AddEnvironment(EnvironmentNames.DeadLetterQueue, inbox.DeadLetters.QueueUrl);
        function.Grant(
            FunctionPermissions.Receive(inbox.Queue), Statements.Send("KeepDeadLetters", inbox.DeadLetters));
        inbox.Feed(function.Function);
        return function;
    }

    /// <summary>An inbox that the stack's rules may send to, with the function that takes what comes.</summary>
    /// <param name="id">Name of the inbox.</param>
    /// <param name="onNamedBuses">Rules on other buses than the default one send to it too.</param>
    public Inbox AddInbox(string id, string handler, Duration timeout, bool onNamedBuses = false)
    {
        var inbox = new Inbox(parent, id, timeout, shared.Alerts);
        inbox.Queue.AdmitRules(shared.StackName, onNamedBuses);
        AddFor(inbox, handler, timeout);
        return inbox;
    }
}
