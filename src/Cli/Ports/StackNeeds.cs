using System.Globalization;
using System.Text.Json;
using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Ports;

/// <summary>What a synthesized stack asks of the account that it is deployed into.</summary>
/// <param name="Folder">The cloud assembly.</param>
/// <param name="Executions">Lambda functions at once, at most.</param>
/// <param name="Jobs">As declared.</param>
/// <param name="MaxVcpus">vCPUs of all jobs at once, as the stack limits them; null for no limit.</param>
/// <param name="BootstrapParameter">Where CDK's bootstrap says its version.</param>
/// <param name="BootstrapVersion">The least that will do.</param>
internal sealed record StackNeeds(
    string Folder,
    int Executions,
    IReadOnlyList<JobDefinition> Jobs,
    double? MaxVcpus,
    string BootstrapParameter,
    int BootstrapVersion)
{
    /// <summary>
    /// The one stack of several that has jobs, as CDK calls it; null when the app has one stack, or several with jobs.
    /// </summary>
    public string? OnlyStackWithJobs { get; init; }

    /// <summary>Of any stack: four inboxes of five executions each, and one each of OnTick and OnBacklog.</summary>
    public const int MostExecutions = 22;

    /// <summary>As CDK has it by default. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html</summary>
    public const string DefaultBootstrapParameter = "/cdk-bootstrap/hnb659fds/version";

    /// <summary>Since when a stack's assets need it: the least of CDK 2's stacks.</summary>
    public const int LeastBootstrapVersion = 6;

    private const int UnitsPerVcpu = 1_024;

    /// <summary>Where CDK's command line puts it, in the app's folder.</summary>
    public const string Output = "cdk.out";

    /// <summary>vCPUs of the largest attempt.</summary>
    public static double Largest(IEnumerable<JobDefinition> jobs) =>
        jobs.Select(job => (double)job.Cpu / UnitsPerVcpu).DefaultIfEmpty().Max();

    /// <summary>vCPUs of all jobs at once: as many attempts as a job may have, or one where it has no limit.</summary>
    public static double Together(IEnumerable<JobDefinition> jobs) =>
        jobs.Sum(job => (double)job.Cpu / UnitsPerVcpu * (job.Queue?.MaxTasks ?? job.MaxConcurrent ?? 1));

    /// <summary>The synthesis that lies in an app's folder; null when there is none.</summary>
    /// <exception cref="CliException">It is not one of jobs, or is not whole.</exception>
    public static StackNeeds? Find(string app) =>
        Path.Combine(app, Output) is var assembly && File.Exists(Path.Combine(assembly, "manifest.json"))
            ? Read(assembly)
            : null;

    private static StackNeeds Read(string folder)
    {
        try
        {
            using var manifest = Parse(Path.Combine(folder, "manifest.json"));
            var stacks =
                manifest.RootElement.GetProperty("artifacts").EnumerateObject().Select(artifact => artifact.Value)
                .Where(
                    artifact =>
                        artifact.GetProperty("type").GetString() == "aws:cloudformation:stack").Select(artifact =>
                            artifact.GetProperty("properties")).ToList();
            var resources = stacks.SelectMany(
                stack =>
                    ResourcesOf(
                        Path.Combine(
                            folder,
                            Text(stack, "templateFile")
                                ?? throw new FormatException("a stack has no templateFile.")))).ToList();
            var jobs = Directory.EnumerateFiles(folder, JobCatalog.FileName, SearchOption.AllDirectories)
                .SelectMany(file => JobCatalog.Parse(File.ReadAllText(file)).Jobs)
                .DistinctBy(job => job.Name);
            return new StackNeeds(
                folder,
                ExecutionsOf(resources),
                [.. jobs],
                resources.Select(MaxVcpusOf).FirstOrDefault(vcpus => vcpus is not null),
                stacks.Select(
                    stack => Text(stack, "bootstrapStackVersionSsmParameter")).FirstOrDefault(name => name is not null)
                    ?? DefaultBootstrapParameter,
                stacks.Select(
                    stack =>
                        stack.TryGetProperty("requiresBootstrapStackVersion", out var version)
                            ? version.GetInt32()
                            : LeastBootstrapVersion).DefaultIfEmpty(LeastBootstrapVersion).Max())
            {
                OnlyStackWithJobs = OnlyWithJobs(folder, manifest.RootElement.GetProperty("artifacts")),
            };
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException)
        {
            throw CliException.Failed($"{folder} is not a cloud assembly that can be read: {e.Message}");
        }
    }

    private static string? OnlyWithJobs(string folder, JsonElement artifacts)
    {
        var stacks = artifacts.EnumerateObject()
            .Where(artifact => Text(artifact.Value, "type") == "aws:cloudformation:stack").ToList();
        return stacks.Count > 1
            && stacks.Where(stack => HasJobs(folder, stack.Value)).Take(2).ToList() is [var only]
                ? Text(only.Value, "displayName") ?? only.Name
                : null;
    }

    private static bool HasJobs(string folder, JsonElement stack)
    {
        using var template = Parse(
            Path.Combine(folder, stack.GetProperty("properties").GetProperty("templateFile").GetString()!));
        return template.RootElement.TryGetProperty("Outputs", out var outputs)
            && outputs.TryGetProperty(OutputNames.RunsTable, out _);
    }

    /// <summary>A function that a queue feeds has as many executions as its mapping allows; any other one.</summary>
    private static int ExecutionsOf(IReadOnlyList<JsonElement> resources)
    {
        var mappings = resources.Where(resource => TypeOf(resource) == "AWS::Lambda::EventSourceMapping").ToList();
        var fed = mappings.Sum(
            mapping =>
                mapping.GetProperty("Properties")
                    .GetProperty("ScalingConfig")
                    .GetProperty("MaximumConcurrency")
                    .GetInt32());
        return fed + Math.Max(
            0, resources.Count(resource => TypeOf(resource) == "AWS::Lambda::Function") - mappings.Count);
    }

    private static double? MaxVcpusOf(JsonElement resource) =>
        TypeOf(resource) == "AWS::Lambda::Function"
        && resource.GetProperty("Properties").TryGetProperty("Environment", out var environment)
        && environment.TryGetProperty("Variables", out var variables)
        && double.TryParse(
            Text(variables, EnvironmentNames.MaxVcpus), NumberStyles.Float, CultureInfo.InvariantCulture, out var vcpus)
            ? vcpus
            : null;

    private static List<JsonElement> ResourcesOf(string template)
    {
        using var document = Parse(template);
        return document.RootElement.TryGetProperty("Resources", out var resources)
            ? [.. resources.EnumerateObject().Select(resource => resource.Value.Clone())]
            : [];
    }

    private static string? TypeOf(JsonElement resource) => Text(resource, "Type");

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonDocument Parse(string file) => JsonDocument.Parse(File.ReadAllText(file));
}
