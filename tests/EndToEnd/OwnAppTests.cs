using System.Text.Json.Nodes;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>The laptop as a team meets it in a repository of its own.</summary>
public sealed class OwnAppTests
{
    [BashFact]
    public async Task Up_runs_the_app_of_the_repository_and_says_what_to_type_there()
    {
        using var app = new OwnApp(new()
        {
            ["app"] = $"cp -R '{await TestStack.SynthesizeAsync()}/.' \"$CDK_OUTDIR\" && {OwnApp.Note}",
        });
        await using var local = await LocalProcess.UpInAsync(Path.Combine(app.Root, "worker"));
        using var jobs = new JobsProcess(local.Endpoint);

        var said = string.Join('\n', await local.UntilAsync("Ctrl-C"));

        Assert.Contains("dotnet jobs list", said, StringComparison.Ordinal);
        Assert.DoesNotContain("src/", said, StringComparison.Ordinal);
        Assert.Contains("adminEmails", app.Read(".jobs/cdk.out/told.json"), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(app.Root, ".jobs", "state")));
    }

    [BashFact]
    public async Task Error_of_a_build_is_said_once_without_a_trace()
    {
        using var app = new OwnApp(new() { ["build"] = "cat build.log; exit 1", ["app"] = "true" });
        const string Error = "/own/Job.cs(1,7): error CS1002: ; expected [/own/Own.csproj]";
        app.Write("infra/build.log", $"{Error}\n\nBuild FAILED.\n\n{Error}\n    1 Error(s)\n");

        var (code, output) = await CommandTests.LocalAsync(app.Root, "up", "--port", "0");

        Assert.Equal(ExitCodes.NotReady, code);
        Assert.Equal(2, output.Split(Error).Length);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
    }

    [BashFact]
    public async Task Demo_says_what_to_do_instead()
    {
        using var app = new OwnApp(new JsonObject { ["app"] = "true" });

        var (code, output) = await CommandTests.LocalAsync(app.Root, "demo");

        Assert.Equal(ExitCodes.NotReady, code);
        Assert.Contains("dotnet jobs up", output, StringComparison.Ordinal);
    }
}
