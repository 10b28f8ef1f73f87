using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Wire;

namespace Lapstack.Tests.Ecs;

/// <summary>
/// What becomes of each property of a task definition: AWS's model, the code and the paper say the same.
/// </summary>
public sealed class DefinitionPropertiesTests
{
    private const string Secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret:a";

    [Fact]
    public void Every_property_of_AWSs_model_is_decided()
    {
        var undecided = Model().Where(path =>
            DefinitionProperties.Of(path).Sentence.Contains("not known", StringComparison.Ordinal));

        Assert.Equal([], undecided);
    }

    [Fact]
    public void No_property_is_decided_that_AWS_does_not_have()
    {
        var model = Model();

        Assert.Equal(
            [],
            DefinitionProperties.All.Select(p => p.Path).Where(path => !model.Any(known =>
                path == "containerDefinitions"
                    || known == path
                    || known.StartsWith($"{path}.", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_paper_has_the_table_of_the_code()
    {
        var rows = DefinitionProperties.All.Where(p => p.Path != "containerDefinitions").Select(p =>
            $"| `{p.Path}` | {Word(p.AsProcess)} | {Word(p.InEngine)} | {p.Sentence} |");
        var paper = File.ReadAllText(PathOf("README.md"));

        Assert.Contains(string.Join('\n', rows), paper.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user":"1000"}""", "Warning: line-count: container worker: user: the process runs as")]
    [InlineData("""{"restartPolicy":{"enabled":true}}""", "Warning: line-count: container worker: restartPolicy.enabled")]
    [InlineData($$"""{"secrets":[{"name":"A","valueFrom":"{{Secret}}"}]}""",
        $"Warning: line-count: container worker: A has no value. Set {Secret} first.")]
    [InlineData("""{"volumesFrom":[{"sourceContainer":"other"}]}""",
        "CannotRun: line-count: tasks do not run here. CannotStartContainerError: container worker: volumesFrom")]
    [InlineData("""{"image":"public.ecr.aws/otel/collector:1"}""",
        "CannotRun: line-count: tasks do not run here. CannotPullContainerError: public.ecr.aws/otel/collector:1")]
    [InlineData("""{"newerThanThis":{"x":1}}""", "container worker: newerThanThis.x: it is not known here")]
    public async Task The_start_says_what_is_otherwise(string members, string said)
    {
        await using var bench = new EcsBench(EcsBench.With(members));

        await bench.NoticeAsync();

        Assert.Single(bench.Said, one => one.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_start_says_nothing_of_what_is_as_on_Fargate()
    {
        await using var bench = new EcsBench();

        await bench.NoticeAsync();

        Assert.Empty(bench.Said);
    }

    [Theory]
    [InlineData("""{"volumesFrom":[{"sourceContainer":"other"}]}""", "volumesFrom.sourceContainer: give the container")]
    [InlineData("""{"image":"public.ecr.aws/otel/collector:1"}""", "is an image from a registry")]
    public async Task A_task_that_cannot_run_is_refused_with_that_sentence(string members, string sentence)
    {
        await using var bench = new EcsBench(EcsBench.With(members));

        var refused = await Assert.ThrowsAsync<ServiceError>(() => bench.RunAsync("exit 0"));

        Assert.Equal("UnsupportedFeatureException", refused.Code);
        Assert.StartsWith("line-count does not run here. ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("START")]
    public async Task Container_from_a_registry_that_the_task_is_the_same_without_is_left_out(string? condition)
    {
        await using var bench = new EcsBench(
            EcsBench.WithSidecar("exit 0", essential: false, condition, Registry));

        await bench.NoticeAsync();
        var ended = await bench.RunToEndAsync("exit 0");

        Assert.Equal("EssentialContainerExited", (string?)ended["stopCode"]);
        Assert.Single(
            bench.Said, one => one.Contains("container sidecar is left out. ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "HEALTHY")]
    public async Task Container_from_a_registry_that_the_task_needs_is_not(bool essential, string? condition)
    {
        await using var bench = new EcsBench(EcsBench.WithSidecar("exit 0", essential, condition, sidecar =>
        {
            Registry(sidecar);
            sidecar["healthCheck"] = JsonNode.Parse("""{"command":["CMD","true"]}""");
        }));

        var refused = await Assert.ThrowsAsync<ServiceError>(() => bench.RunAsync("exit 0"));

        Assert.Contains("is an image from a registry", refused.Message, StringComparison.Ordinal);
    }

    private static void Registry(JsonNode sidecar) => sidecar["image"] = "public.ecr.aws/otel/collector:1";

    private static string Word(Handling handling) => handling switch
    {
        Handling.Enforced => "enforced",
        Handling.Kept => "kept",
        Handling.Warned => "warned of",
        Handling.Refused => "refused",
        _ => "not on Fargate",
    };

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Ecs", name);

    private static List<string> Model() =>
    [
        .. File.ReadLines(PathOf("task-definition-properties.txt"))
            .Where(line => !line.StartsWith('#')),
    ];
}
