using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Jobs.Tests.Unit.House;

/// <summary>The workflow that the template gives to a solution.</summary>
public sealed partial class WorkflowTests
{
    private static readonly YamlMappingNode Build = Read("build.yml");

    private static readonly YamlMappingNode Stage = Read("stage.yml");

    [Fact]
    public void Jobs_are_the_tests_the_images_and_the_stages_in_their_order()
    {
        Assert.Equal(["test", "diff", "images", "development", "production"], Jobs(Build).Select(job => job.Name));
        Assert.Equal(
            ["diff: test", "images: test", "development: images", "production: development"],
            Jobs(Build).Where(job => Find(job.Node, "needs") is not null)
                .Select(job => $"{job.Name}: {Text(job.Node, "needs")}"));
    }

    [Fact]
    public void Actions_are_pinned_by_commit()
    {
        var uses = new[] { Build, Stage }.SelectMany(Jobs).SelectMany(job => Steps(job.Node))
            .Select(step => Find(step, "uses")?.ToString()).OfType<string>().ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, one => Assert.Matches(Pinned(), one));
    }

    [Fact]
    public void Token_for_aws_is_given_only_to_jobs_that_take_a_role()
    {
        Assert.Equal("read", Text(Map(Build, "permissions"), "contents"));
        Assert.Empty(Map(Stage, "permissions").Children);
        foreach (var (name, job) in new[] { Build, Stage }.SelectMany(Jobs))
        {
            var takesRole = Find(job, "uses") is not null || Steps(job).Any(IsOfRole);
            var mayWrite = Find(job, "permissions") is YamlMappingNode given
                ? given.Children.Where(one => one.Value.ToString() == "write").Select(one => one.Key.ToString())
                : [];
            Assert.Equal((name, takesRole ? "id-token" : ""), (name, string.Join(", ", mayWrite)));
        }
    }

    [Fact]
    public void Roles_are_those_that_the_stack_makes_and_a_pull_request_only_looks() => Assert.Equal(
        ["diff: look", "images: images", "deploy: ${{ inputs.stage }}"],
        from job in new[] { Build, Stage }.SelectMany(Jobs)
        from step in Steps(job.Node).Where(IsOfRole)
        let role = Text(Map(step, "with"), "role-to-assume")
        select $"{job.Name}: {role[(role.IndexOf("acme-stack-github-", StringComparison.Ordinal) + 18)..]}");

    [Fact]
    public void Images_pass_their_scan_before_a_stage_is_deployed() => Assert.Contains(
        "dotnet jobs images --assembly cdk.out/production --fail-on CRITICAL",
        Commands(Jobs(Build).Single(job => job.Name == "images").Node),
        StringComparison.Ordinal);

    [Fact]
    public void Stage_is_deployed_in_its_environment_and_then_verified_by_the_stacks_own_role()
    {
        var job = Jobs(Stage).Single().Node;

        Assert.Equal("${{ inputs.stage }}", Text(job, "environment"));
        Assert.EndsWith("_verify", Text(Map(job, "env"), "VERIFIER"), StringComparison.Ordinal);
        Assert.Equal(
            ["Find what was last deployed with success", "Mark the images as those of the stage", "Deploy", "Verify"],
            Steps(job).Where(step => Find(step, "if") is null && Find(step, "name") is not null)
                .Select(step => Text(step, "name")));
        var verify = Steps(job).Single(step => Find(step, "name")?.ToString() == "Verify");
        Assert.Contains("--role-arn \"$VERIFIER\"", Text(verify, "run"), StringComparison.Ordinal);
        Assert.Contains("dotnet jobs verify --stack \"$STACK\"", Text(verify, "run"), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_deploys_the_commit_that_was_last_deployed_with_success()
    {
        const string Failed = "failure() && steps.deploy.outcome != 'skipped' && steps.last.outputs.commit != ''";
        var steps = Steps(Jobs(Stage).Single().Node).ToList();
        var last = steps.Single(step => Find(step, "id")?.ToString() == "last");
        var back = steps.Where(step => Find(step, "if")?.ToString() == Failed).ToList();

        Assert.Contains("state == \"ACTIVE\"", Text(last, "run"), StringComparison.Ordinal);
        Assert.Equal("${{ steps.last.outputs.commit }}", Text(Map(back[0], "with"), "ref"));
        Assert.Contains("--context \"jobs:imageTag=$COMMIT\"", Text(back[1], "run"), StringComparison.Ordinal);
        Assert.Equal(2, back.Count);
    }

    [Theory]
    [InlineData("HEAD~1", "HEAD", false)]
    [InlineData("HEAD", "HEAD~1", true)]
    [InlineData("HEAD", "HEAD", true)]
    [InlineData("other", "HEAD", true)]
    public async Task Commit_that_was_overtaken_is_not_deployed(string commit, string deployed, bool isDeployed)
    {
        var step = Steps(Jobs(Stage).Single().Node)
            .Single(one => Find(one, "name")?.ToString() == "Refuse what was overtaken");
        Assert.StartsWith("github.run_attempt == 1", Text(step, "if"), StringComparison.Ordinal);
        var script = $"""
            set -e; cd "$(mktemp -d)"; trap 'rm -rf "$PWD"' EXIT; git init --quiet; export STAGE=production
            commit() ( git -c user.name=a -c user.email=a@b commit --quiet --allow-empty --message "$1"; )
            commit first; git branch other; commit second; commit third
            git checkout --quiet other; commit aside; git checkout --quiet -
            export GITHUB_SHA=$(git rev-parse {commit}) LAST=$(git rev-parse {deployed})
            {Text(step, "run")}
            """;

        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal(isDeployed, bash.ExitCode == 0);
        Assert.Equal(isDeployed, !said.Contains("::error::production has", StringComparison.Ordinal));
    }

    /// <summary>https://docs.github.com/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks</summary>
    [Fact]
    public void No_script_has_an_expression_in_it() => Assert.All(
        new[] { Build, Stage }.SelectMany(Jobs).Select(job => Commands(job.Node)),
        script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));

    private static bool IsOfRole(YamlMappingNode step) =>
        Find(step, "uses")?.ToString().StartsWith("aws-actions/", StringComparison.Ordinal) is true;

    private static string Commands(YamlMappingNode job) =>
        string.Join('\n', Steps(job).Select(step => Find(step, "run")?.ToString()));

    private static IEnumerable<(string Name, YamlMappingNode Node)> Jobs(YamlMappingNode workflow) =>
        Map(workflow, "jobs").Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) =>
        Find(job, "steps") is YamlSequenceNode steps ? steps.Children.Cast<YamlMappingNode>() : [];

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node.Children[key];

    private static string Text(YamlMappingNode node, string key) => node.Children[key].ToString();

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value)
        ? value
        : null;

    private static YamlMappingNode Read(string file)
    {
        using var text = File.OpenText(
            Path.Combine(Repository.Root, "templates", "jobs", ".github", "workflows", file));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex("^[a-z-]+/[a-z-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();
}
