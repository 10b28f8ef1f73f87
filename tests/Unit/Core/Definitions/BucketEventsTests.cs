using System.Diagnostics;
using System.Text.Json.Nodes;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

/// <summary>
/// The command that switches a bucket's events on, as a shell runs it: S3 replaces the whole configuration.
/// </summary>
public sealed class BucketEventsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-bucket-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [JqTheory]
    [InlineData("", """{"EventBridgeConfiguration":{}}""")]
    [InlineData("""{"EventBridgeConfiguration":{}}""", """{"EventBridgeConfiguration":{}}""")]
    [InlineData(
        """{"QueueConfigurations":[{"QueueArn":"a","Events":["s3:ObjectCreated:*"]}]}""",
        """{"QueueConfigurations":[{"QueueArn":"a","Events":["s3:ObjectCreated:*"]}],"EventBridgeConfiguration":{}}""")]
    public async Task What_the_bucket_tells_already_stays(string before, string after)
    {
        Assert.Equal(0, await RunAsync($"printf %s '{before}'"));

        var put = await File.ReadAllTextAsync(Path.Combine(_folder, "put"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(after), JsonNode.Parse(put)), put);
    }

    [JqTheory]
    [InlineData("exit 255")]
    [InlineData("echo 'not json'")]
    public async Task What_cannot_be_read_is_not_replaced(string get)
    {
        Assert.NotEqual(0, await RunAsync(get));

        Assert.False(File.Exists(Path.Combine(_folder, "put")));
    }

    /// <param name="get">What stands for the AWS CLI's answer to reading the configuration.</param>
    private async Task<int> RunAsync(string get)
    {
        // The CLI refuses a configuration that is not JSON, as an empty one is.
        var script = $$"""
            aws() {
              if [ "$2" = get-bucket-notification-configuration ]; then {{get}}; return; fi
              [ -n "$6" ] || return 252
              printf %s "$6" > put
            }
            {{BucketEvents.SwitchOn("acme-raw")}}
            """;
        using var shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _folder, RedirectStandardError = true })!;
        await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return shell.ExitCode;
    }
}
