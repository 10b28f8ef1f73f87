using Jobs.Cli.Ground;
using Jobs.Core;

namespace Jobs.Tests.Unit.Cli;

/// <summary>What doctor says of parts that a stack was given.</summary>
[Collection(nameof(CommandLine))]
public sealed class GivenPartTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:123456789012:ops";
    private const string Key = "arn:aws:kms:eu-central-1:123456789012:key/0b";
    private const string LetsAlarmsIn = """{"Statement":[{"Principal":{"Service":"cloudwatch.amazonaws.com"}}]}""";

    private readonly CommandLine _jobs = new();

    [Theory]
    [InlineData("Bucket")]
    [InlineData("Cluster")]
    [InlineData("AlertTopic")]
    [InlineData("Key")]
    public async Task Part_that_is_not_prepared_is_an_error_with_the_command_of_the_output(string part)
    {
        Give(part);

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("doctor --json"));

        var found = _jobs.Json["checks"]!.AsArray().Single(check => (string)check!["name"]! == $"given {part}")!;
        Assert.Equal("error", (string)found["outcome"]!);
        Assert.Equal($"Its owner prepares it, once: prepare {part}", (string)found["remedy"]!);
    }

    [Fact]
    public async Task Parts_that_are_prepared_are_ok()
    {
        Give("Bucket", "Cluster", "AlertTopic", "Key");
        _jobs.Surroundings.Events[_jobs.Stack.Place.Output(OutputNames.Bucket)] = true;
        _jobs.Account.Providers = ["GPU", "FARGATE", "FARGATE_SPOT"];
        _jobs.Account.Policies[Topic] = LetsAlarmsIn;
        _jobs.Account.Policies[Key] = LetsAlarmsIn;

        await _jobs.RunAsync("doctor --json");

        Assert.Equal(
            ["ok", "ok", "ok", "ok"],
            _jobs.Json["checks"]!.AsArray()
                .Where(check => ((string)check!["name"]!).StartsWith("given", StringComparison.Ordinal))
                .Select(check => (string)check!["outcome"]!));
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_stack_that_makes_all_itself()
    {
        _jobs.Account.Refusal = new InvalidOperationException("It was asked.");

        await _jobs.RunAsync("doctor");

        Assert.DoesNotContain("given", _jobs.Out, StringComparison.Ordinal);
    }

    private void Give(params string[] parts)
    {
        var outputs = new Dictionary<string, string>(_jobs.Stack.Place.Outputs)
        {
            [OutputNames.AlertTopic] = Topic,
            [OutputNames.Key] = Key,
        };
        foreach (var part in parts) outputs[OutputNames.PreparePrefix + part] = $"prepare {part}";
        _jobs.Surroundings.Events[outputs[OutputNames.Bucket]] = false;
        _jobs.Stack.Place = _jobs.Stack.Place with { Outputs = outputs };
    }
}
