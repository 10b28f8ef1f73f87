using System.Diagnostics;
using System.Text.Json.Nodes;
using Jobs.Core;
using Jobs.Tests.Unit.Core.Definitions;

namespace Jobs.Tests.Unit.Core;

/// <summary>The commands as a shell runs them: AWS replaces each of these settings as a whole.</summary>
public sealed class PrepareLinesTests : IDisposable
{
    private const string Owner = """{"Sid":"Owner","Effect":"Allow","Principal":{"AWS":"*"}}""";

    private const string Publish = """
        {"Sid":"JobsAlarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish",
         "Resource":"arn:ops","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}
        """;

    private const string Encrypt = """
        {"Sid":"JobsAlarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},
         "Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*",
         "Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-prepare-").FullName;

    private static string Topic => PrepareLines.LetAlarmsPublish("arn:ops", "123456789012");

    private static string Key => PrepareLines.LetAlarmsEncrypt("arn:key", "123456789012");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [JqTheory]
    [InlineData($$"""{"Statement":[{{Owner}}]}""")]
    [InlineData($$"""{"Statement":[{{Owner}},{{Publish}}]}""")]
    public async Task Policy_of_a_topic_keeps_what_it_has_and_is_changed_once(string before) =>
        Same($$"""{"Statement":[{{Owner}},{{Publish}}]}""", await RunAsync(Topic, before));

    [JqTheory]
    [InlineData($$"""{"Id":"key","Statement":[{{Owner}}]}""")]
    public async Task Policy_of_a_key_keeps_what_it_has(string before) =>
        Same($$"""{"Id":"key","Statement":[{{Owner}},{{Encrypt}}]}""", await RunAsync(Key, before));

    [JqTheory]
    [InlineData("""[]""", """["FARGATE","FARGATE_SPOT"]""")]
    [InlineData("""["gpu","FARGATE"]""", """["FARGATE","FARGATE_SPOT","gpu"]""")]
    public async Task Cluster_keeps_its_providers_and_its_default(string before, string after) => Same(
        $$"""
        {"cluster":"arn:shared","capacityProviders":{{after}},
         "defaultCapacityProviderStrategy":[{"capacityProvider":"gpu","weight":1}]}
        """,
        await RunAsync(
            PrepareLines.OfferFargate("shared"),
            $$"""
            {"clusterArn":"arn:shared","capacityProviders":{{before}},
             "defaultCapacityProviderStrategy":[{"capacityProvider":"gpu","weight":1}]}
            """));

    [JqTheory]
    [InlineData("exit 255")]
    [InlineData("echo 'not json'")]
    public async Task What_cannot_be_read_is_not_replaced(string read)
    {
        foreach (var line in new[] { Topic, Key, PrepareLines.OfferFargate("shared") })
        {
            Assert.Null(await RunScriptAsync(line, read));
        }
    }

    private static void Same(string expected, string? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual ?? "null")), actual);

    private Task<string?> RunAsync(string line, string before) => RunScriptAsync(line, $"printf %s '{before}'");

    /// <param name="read">What stands for the AWS CLI's answer to reading.</param>
    /// <returns>What was written; null for nothing.</returns>
    private async Task<string?> RunScriptAsync(string line, string read)
    {
        var written = Path.Combine(_folder, "written.json");
        File.Delete(written);
        var script = $$"""
            aws() {
              case "$2" in
                get-*|describe-*) {{read}};;
                *) for last; do :; done; cp "${last#file://}" written.json;;
              esac
            }
            {{line}}
            """;
        using var shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _folder, RedirectStandardError = true })!;
        await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return File.Exists(written) ? await File.ReadAllTextAsync(written) : null;
    }
}
