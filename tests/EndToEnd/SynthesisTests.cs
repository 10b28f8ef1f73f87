using System.Text.Json.Nodes;
using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Spectre.Console;

namespace Jobs.Tests.EndToEnd;

/// <summary>Any CDK app is built and synthesized by the commands of its cdk.json, once for the same files.</summary>
public sealed class SynthesisTests
{
    private const string Count = "mkdir -p bin && echo built >> bin/builds";

    [BashFact]
    public async Task App_is_told_its_context_and_the_laptops()
    {
        using var app = new OwnApp(new()
        {
            ["app"] = OwnApp.Synthesize,
            ["context"] = new JsonObject { ["stage"] = "dev", ["zones"] = 2 },
        });
        app.Write("infra/cdk.context.json", """{ "vpc": { "id": "vpc-1" }, "stage": "looked up" }""");

        await SynthesizeAsync(app);

        var told = JsonNode.Parse(app.Read(".jobs/cdk.out/told.json"))!.AsObject();
        // The system that it runs on.
        Assert.Matches("^(linux|osx|win)-(x64|arm64)$", (string?)told["jobs:laptop"]);
        told.Remove("jobs:laptop");
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {
                      "vpc": { "id": "vpc-1" }, "stage": "dev", "zones": 2, "adminEmails": "admin@example.com",
                      "jobs:deployTestOnlyPackages": "i-know"
                    }
                    """),
                told),
            told.ToJsonString());
    }

    [BashFact]
    public async Task Admins_of_the_apps_own_context_stay()
    {
        using var app = new OwnApp(new()
        {
            ["app"] = OwnApp.Synthesize,
            ["context"] = new JsonObject { ["adminEmails"] = "ops@example.com" },
        });

        await SynthesizeAsync(app);

        Assert.Equal(
            "ops@example.com", JsonNode.Parse(app.Read(".jobs/cdk.out/told.json"))!["adminEmails"]!.GetValue<string>());
    }

    [BashFact]
    public async Task Build_for_the_laptop_stands_in_for_the_other()
    {
        using var app = new OwnApp(new() { ["app"] = OwnApp.Synthesize, ["build"] = "exit 9", ["jobs:build"] = Count });

        await SynthesizeAsync(app);

        Assert.Equal("built\n", app.Read("infra/bin/builds"));
    }

    [BashTheory]
    [InlineData("worker/Job.cs", true)]
    [InlineData("worker/jobs.json", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("infra/cdk.context.json", true)]
    [InlineData("worker/obj/Job.g.cs", false)]
    [InlineData("infra/node_modules/cdk/index.js", false)]
    [InlineData(".idea/workspace.xml", false)]
    public async Task App_is_synthesized_again_when_a_file_it_is_made_from_changes(string file, bool again)
    {
        using var app = new OwnApp(new() { ["app"] = OwnApp.Synthesize, ["build"] = Count });
        await SynthesizeAsync(app);
        await SynthesizeAsync(app);
        Assert.Equal("built\n", app.Read("infra/bin/builds"));

        app.Write(file, """{ "changed": true }""");
        await SynthesizeAsync(app);

        Assert.Equal(again ? "built\nbuilt\n" : "built\n", app.Read("infra/bin/builds"));
    }

    [BashFact]
    public async Task Synthesis_that_fails_leaves_the_last_one_and_says_what_it_printed()
    {
        using var app = new OwnApp(new() { ["app"] = OwnApp.Synthesize });
        await SynthesizeAsync(app);
        app.Write("infra/cdk.json", """{ "app": "echo 'No job is called nightly.' >&2; exit 4" }""");

        var refused = await Assert.ThrowsAsync<AppException>(() => SynthesizeAsync(app));

        Assert.EndsWith("exit code 4:\nNo job is called nightly.", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(app.Root, ".jobs/cdk.out/manifest.json")));
    }

    [BashFact]
    public async Task App_that_writes_no_stack_is_an_error_that_says_where_it_must_be()
    {
        using var app = new OwnApp(new() { ["app"] = "true" });

        var refused = await Assert.ThrowsAsync<AppException>(() => SynthesizeAsync(app));

        Assert.Contains("CDK_OUTDIR", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "build": "make" }""", "has no \"app\"")]
    [InlineData("""{ "app": ["dotnet", "run"] }""", "\"app\" in cdk.json is no text")]
    [InlineData("""{ "app": """, "cannot be read")]
    [InlineData("[]", "is no JSON object")]
    public void Description_that_cannot_be_read_says_what_is_wrong(string text, string says)
    {
        using var app = new OwnApp([]);
        app.Write("infra/cdk.json", text);

        var refused = Assert.Throws<AppException>(() => CdkApp.Read(Path.Combine(app.Root, "infra")));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    private static Task SynthesizeAsync(OwnApp app)
    {
        var workspace = Workspace.Of(Path.Combine(app.Root, "infra"));
        Assert.Equal(app.Root, workspace.Root);
        return new StackSynthesis(workspace, new Steps(AnsiConsole.Console, TimeProvider.System))
            .EnsureAsync(CancellationToken.None);
    }
}
