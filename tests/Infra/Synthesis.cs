using System.Text.Json.Nodes;
using Amazon.CDK;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>A stack named <c>jobs</c> with one runner, synthesized into a folder of its own.</summary>
internal sealed class Synthesis
{
    /// <summary>
    /// Stands in for the published functions: synthesis copies the folder and asks for this one file.
    /// </summary>
    private static readonly string FunctionsFolder = CreateFunctionsFolder();

    private Synthesis(string folder)
    {
        Folder = folder;
        Template = new Template(Read("jobs.template.json"));
    }

    public string Folder { get; }

    public Template Template { get; }

    public static JobRunnerProps AnyRunner => new() { FunctionsFolder = FunctionsFolder };

    /// <summary>The folder that becomes the functions' zip.</summary>
    public string FunctionsAsset => Path.Combine(
        Folder, Template.OfType("AWS::Lambda::Function")
            .First().Properties["Code"]!["S3Key"]!.GetValue<string>()
            .Replace(".zip", "", StringComparison.Ordinal)
            .Insert(0, "asset."));

    public static Synthesis Of(Action<Stack, JobRunner> add, Func<Stack, JobRunnerProps>? props = null) => OfApp(app =>
    {
        var stack = new Stack(app, "jobs");
        var runner = new JobRunner(stack, "Jobs", props?.Invoke(stack) ?? AnyRunner);
        add(stack, runner);
    });

    /// <param name="add">Adds the stack <c>jobs</c>.</param>
    /// <param name="context">What synthesis is told besides CDK's flags.</param>
    public static Synthesis OfApp(Action<App> add, Dictionary<string, object>? context = null)
    {
        var folder = Directory.CreateTempSubdirectory("jobs-synthesis-").FullName;
        var app = JobsApp.Create(new AppProps { Outdir = folder, Context = context });
        add(app);
        app.Synth();
        return new Synthesis(folder);
    }

    public static Synthesis OfJob(JobDefinition job, JobProps? props = null) =>
        Of((_, runner) => runner.AddJob(job, props ?? Shapes.AnyImage));

    public static Synthesis OfFolder(string functions) => Of(
        (_, runner) =>
            runner.AddJob(new JobDefinition("any"), Shapes.AnyImage), _ =>
                new JobRunnerProps { FunctionsFolder = functions });

    private JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

    private static string CreateFunctionsFolder()
    {
        var folder = Directory.CreateTempSubdirectory("jobs-functions-").FullName;
        File.WriteAllText(Path.Combine(folder, "Jobs.Functions.dll"), "not a program");
        Directory.CreateDirectory(Path.Combine(folder, "runtimes"));
        File.WriteAllText(Path.Combine(folder, "runtimes", "native.so"), "nor a library");
        return folder;
    }
}
