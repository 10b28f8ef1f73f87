using Amazon.CDK;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>An app of one's own has our feature flags, and our sentences instead of stack traces.</summary>
public sealed class JobsAppTests : IDisposable
{
    private const string Flag = "@aws-cdk/aws-iam:minimizePolicies";

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-app-").FullName;
    private readonly StringWriter _errors = new();
    private readonly TextWriter _console = Console.Error;

    public JobsAppTests() => Console.SetError(_errors);

    public void Dispose()
    {
        Console.SetError(_console);
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Flags_are_set_unless_the_app_sets_them()
    {
        var own = new AppProps { Context = new Dictionary<string, object> { [Flag] = false, ["stage"] = "test" } };

        var app = JobsApp.Create(own);

        Assert.Equal(true, JobsApp.Create().Node.TryGetContext(Flag));
        Assert.Equal((false, "test"), (app.Node.TryGetContext(Flag), app.Node.TryGetContext("stage")));
    }

    [Fact]
    public void App_that_is_right_says_nothing()
    {
        Assert.Equal(0, Run(_ => { }));
        Assert.Equal("", _errors.ToString());
        Assert.True(File.Exists(Path.Combine(_folder, "acme.template.json")));
    }

    [Fact]
    public void Wrong_declarations_are_sentences_behind_the_paths_of_their_constructs()
    {
        Assert.Equal(1, Run(runner => runner.AddJob(new JobDefinition("etl") { Cpu = 3 }, Shapes.AnyImage)));

        Assert.Contains("[acme/Jobs/etl]", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("(declared: 3", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_that_cannot_be_published_is_a_sentence()
    {
        Assert.Equal(1, Run(runner => WorkerImage.FromProject(Stack.Of(runner), "../src/Nowhere")));

        Assert.StartsWith("A worker's image is made from one project", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistake_of_the_apps_own_code_is_thrown() => Assert.Throws<InvalidTimeZoneException>(
        () => Run(_ => throw new InvalidTimeZoneException()));

    private int Run(Action<JobRunner> define) => JobsApp.Run(
        app => define(new JobRunner(new Stack(app, "acme"), "Jobs", Synthesis.AnyRunner)),
        new AppProps { Outdir = _folder });
}
