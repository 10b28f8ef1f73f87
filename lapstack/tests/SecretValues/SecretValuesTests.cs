using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.SecretsManager;
using Lapstack.Services.SecretValues;
using Lapstack.Services.Ssm;
using Lapstack.State;
using Values = Lapstack.Services.SecretValues.SecretValues;

namespace Lapstack.Tests.SecretValues;

/// <summary>What a task's start reads, and what it says when it cannot.</summary>
public sealed class SecretValuesTests : IDisposable
{
    private const string Parameter = "arn:aws:ssm:us-east-1:000000000000:parameter/acme/password";
    private const string Secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret:Acme/Database";

    private static readonly Account Here = new("000000000000", "us-east-1");
    private static readonly Caller Role = Caller.Session("arn:aws:iam::000000000000:role/execution", "start");

    private readonly string _folder = Directory.CreateTempSubdirectory("lapstack-").FullName;
    private readonly ManualClock _clock = new();
    private readonly ParameterStore _parameters;
    private readonly SecretStore _secrets;

    public SecretValuesTests()
    {
        var state = new StateFolder(_folder);
        _parameters = new ParameterStore(state, _clock);
        _secrets = new SecretStore(state, _clock, Here);
    }

    [Theory]
    [InlineData("/acme/password", "geheim")]
    [InlineData(Parameter, "geheim")]
    [InlineData(Secret, """{"user":"acme","port":5432}""")]
    [InlineData(Secret + "-123456:user::", "acme")]
    [InlineData(Secret + ":port::", "5432")]
    [InlineData(Secret + ":user:AWSCURRENT:", "acme")]
    [InlineData(Secret + ":::v1v1v1v1v1v1v1v1v1v1v1v1v1v1v1v1", """{"user":"acme","port":5432}""")]
    public async Task Value_is_read_as_containers_name_it(string valueFrom, string value)
    {
        Fill();
        var values = Build();

        Assert.Null(values.Missing(valueFrom));
        Assert.Equal(value, await values.ReadAsync(Role, valueFrom, default));
    }

    [Theory]
    [InlineData("/acme/password", "Parameter /acme/password has no value.",
        "aws ssm put-parameter --name /acme/password --type SecureString --value VALUE " +
        "--endpoint-url http://127.0.0.1:4566", "dotnet user-secrets set \"/acme/password\" VALUE")]
    [InlineData(Secret, "Secrets Manager can't find the specified secret: Acme/Database.",
        "aws secretsmanager create-secret --name Acme/Database --secret-string VALUE " +
        "--endpoint-url http://127.0.0.1:4566", "dotnet user-secrets set \"Acme/Database\" VALUE")]
    public async Task Missing_value_is_named_with_the_commands_that_set_it(
        string valueFrom, string what, string command, string own)
    {
        var values = Build();

        var missing = values.Missing(valueFrom)!;
        var failed = await Assert.ThrowsAsync<SecretException>(() => values.ReadAsync(Role, valueFrom, default));

        Assert.All(
            [what, command, own],
            part =>
            {
                Assert.Contains(part, missing, StringComparison.Ordinal);
                Assert.Contains(part, failed.Message, StringComparison.Ordinal);
            });
        Assert.StartsWith(
            "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret",
            failed.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Secret + ":password::", "did not contain json key password", "\"Acme/Database:password\" VALUE")]
    [InlineData(Secret + "::AWSPENDING:", "staging label: AWSPENDING", "put-secret-value --secret-id Acme/Database")]
    [InlineData(Parameter + ":7", "Parameter /acme/password has no version 7", "put-parameter")]
    [InlineData(Parameter + ":label", "labels of parameters", "")]
    [InlineData("arn:aws:ssm:eu-west-1:000000000000:parameter/a", "us-east-1, and there is no other", "by name")]
    [InlineData("arn:aws:secretsmanager:us-east-1:123456789012:secret:a", "account 000000000000", "by name")]
    public async Task What_is_not_there_of_a_value_is_named(string valueFrom, string what, string remedy)
    {
        Fill();
        var values = Build();

        Assert.Contains(what, values.Missing(valueFrom), StringComparison.Ordinal);
        var failed = await Assert.ThrowsAsync<SecretException>(() => values.ReadAsync(Role, valueFrom, default));

        Assert.Contains(what, failed.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("5432", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/acme/password", "from ssm: ", "ssm:GetParameters on " + Parameter)]
    [InlineData(Secret, "from asm: ", "secretsmanager:GetSecretValue on " + Secret + "-123456")]
    public async Task Execution_role_without_the_grant_reads_nothing(string valueFrom, string service, string asked)
    {
        Fill();
        var values = Build(new Refusing());

        var failed = await Assert.ThrowsAsync<SecretException>(() => values.ReadAsync(Role, valueFrom, default));

        Assert.Contains(service, failed.Message, StringComparison.Ordinal);
        Assert.Contains($"AccessDeniedException: no {asked}", failed.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Fill()
    {
        _parameters.Put("/acme/password", new ParameterDraft("SecureString", "geheim"), overwrite: false, "test");
        var version = new SecretVersion(
            "v1v1v1v1v1v1v1v1v1v1v1v1v1v1v1v1", """{"user":"acme","port":5432}""", null, _clock.GetUtcNow(), []);
        _secrets.Put("Acme/Database", _ =>
            new Secret("Acme/Database", Secret + "-123456", _clock.GetUtcNow(), _clock.GetUtcNow()).Add(version));
    }

    private Values Build(IAuthorizer? authorizer = null)
    {
        var help = new SettingHelp(new LapstackEndpoint { Url = new Uri("http://127.0.0.1:4566") });
        var asked = authorizer ?? new Allowing();
        return new Values(
            new SecretSource(_secrets, asked, help, Here),
            new ParameterSource(_parameters, new ParameterText(Here), asked, help, Here));
    }

    private sealed class Allowing : IAuthorizer
    {
        public AccessRefusal? Refusal(Caller caller, AccessRequest request) => null;
    }

    private sealed class Refusing : IAuthorizer
    {
        public AccessRefusal? Refusal(Caller caller, AccessRequest request) =>
            new(request.Action, $"no {request.Action} on {request.Resource}");
    }
}
