using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

/// <summary>Where a container's variables come from, and what happens when they cannot be read.</summary>
public sealed class TaskVariablesTests
{
    private const string SecretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:token-AbCdEf";
    private const string Print = "echo \"$A $B $C $D\"";

    [Fact]
    public async Task The_first_file_counts_then_the_definition_then_the_override_then_the_secret()
    {
        await using var bench = new EcsBench(EcsBench.With("""
            {"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::settings/one.env"},
                                 {"type":"s3","value":"arn:aws:s3:::settings/two.env"}],
             "environment":[{"name":"B","value":"definition"},{"name":"C","value":"definition"},
                            {"name":"D","value":"definition"}],
             "secrets":[{"name":"D","valueFrom":"/acme/d"}]}
            """));
        bench.Objects["settings/one.env"] = "# A comment\r\nA=one\r\n\r\nB=one\n";
        bench.Objects["settings/two.env"] = "A=two\nno variable\n";
        bench.Secrets["/acme/d"] = "secret = $x";

        await bench.RunToEndAsync(
            Print,
            p => p["overrides"]!["containerOverrides"]![0]!["environment"]!.AsArray().Add(
                new JsonObject { ["name"] = "C", ["value"] = "override" }));

        Assert.Contains("one definition override secret = $x", bench.Lines());
    }

    [Fact]
    public async Task Files_of_an_override_take_the_place_of_the_definitions()
    {
        await using var bench = new EcsBench(
            EcsBench.With("""{"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::settings/one.env"}]}"""));
        bench.Objects["settings/two.env"] = "A=two";

        await bench.RunToEndAsync(
            Print,
            p => p["overrides"]!["containerOverrides"]![0]!["environmentFiles"] = JsonNode.Parse(
                """[{"type":"s3","value":"arn:aws:s3:::settings/two.env"}]"""));

        Assert.Contains("two   ", bench.Lines());
    }

    [Theory]
    [InlineData("""{"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::settings/a.env"}]}""", null,
        "failed to download env files: file download command: NoSuchKey: arn:aws:s3:::settings/a.env does not exist")]
    [InlineData("""{"environmentFiles":[{"type":"s3","value":"settings/a.env"}]}""", null,
        "settings/a.env is no ARN of an object in S3")]
    [InlineData("""{"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::settings/a.env"}]}""", "s3:GetObject",
        "AccessDenied: arn:aws:sts::000000000000:assumed-role/execution/")]
    [InlineData($$"""{"secrets":[{"name":"TOKEN","valueFrom":"{{SecretArn}}"}]}""", null, $"No {SecretArn}")]
    public async Task A_variable_that_cannot_be_read_fails_the_start(string member, string? refused, string reason)
    {
        await using var bench = new EcsBench(EcsBench.With(member)) { Refused = refused };

        var detail = await bench.RunToEndAsync("exit 0");

        Assert.Equal("TaskFailedToStart", detail["stopCode"]!.GetValue<string>());
        Assert.StartsWith(
            "ResourceInitializationError: ", detail["stoppedReason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(reason, detail["stoppedReason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_in_the_process_and_nowhere_else()
    {
        await using var bench = new EcsBench(EcsBench.With("""{"secrets":[{"name":"A","valueFrom":"/acme/a"}]}"""));
        bench.Secrets["/acme/a"] = "hush-hush-42";

        var detail = await bench.RunToEndAsync("test ${#A} -eq 12");

        Assert.Equal(0, detail["containers"]![0]!["exitCode"]!.GetValue<int>());
        Assert.DoesNotContain(bench.Events, e => e.ToJsonString().Contains("hush-hush", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Said, said => said.Contains("hush-hush", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.GetFiles(bench.StateFolder, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("hush-hush", StringComparison.Ordinal));
    }
}
