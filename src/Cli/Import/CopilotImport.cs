using Jobs.Cli.Ground;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Import;

/// <summary>From Copilot's manifests to a project that synthesizes the same as jobs.</summary>
internal sealed class CopilotImport(CopilotWorkspace workspace, string output)
{
    private const string DefaultEnvironment = "test";

    private const string Others =
        "its CloudFormation is deployed beside a workload: make the same in JobsStack.cs, and grant it to the job that " +
        "AddTo gives back";

    private static readonly Dictionary<string, string> OtherTypes = new(StringComparer.Ordinal)
    {
        ["Load Balanced Web Service"] = "it answers requests, and a job does not: deploy it with CDK's ecs-patterns",
        ["Backend Service"] = "it answers requests, and a job does not: deploy it with CDK's ecs-patterns",
        ["Request-Driven Web Service"] = "it answers requests, and a job does not: deploy it with CDK's App Runner",
        ["Static Site"] = "it is files for a browser: deploy it with CDK's S3 and CloudFront",
        ["Environment"] = "the network is the runner's: Vpc, Subnets and SecurityGroups in Program.cs",
    };

    private readonly List<SkippedFile> _skipped = [];
    private readonly List<string> _faults = [];

    /// <exception cref="CliException">A manifest is wrong; the message has a line for each that is.</exception>
    public ImportedProject Convert()
    {
        var workloads = workspace.Manifests.Select(Read).OfType<Workload>().ToList();
        CheckNames(workloads);
        ThrowFaults();
        if (workloads.Count == 0)
        {
            throw CliException.Failed(
                $"There is no {Workload.ScheduledJob} and no {Workload.WorkerService} to import.\n" +
                string.Join('\n', _skipped.Select(skipped => $"{skipped.File}: {skipped.Reason}.")));
        }

        _skipped.AddRange(workspace.Others.Select(folder => new SkippedFile(Shown(folder), Others)));
        List<PublishedTopic> topics =
            [.. workloads.SelectMany(Collected(PublishedTopic.Of)).DistinctBy(topic => topic.Member)];
        var place = new ImportPlace(OutInWorkspace(), topics);
        var files = workloads.Select(workload => Convert(workload, place)).ToList();
        ThrowFaults();
        List<string> environments = [.. workloads.SelectMany(workload => workload.Environments).Distinct()];
        var project = new ProjectFiles(
            workspace.Application,
            Path.GetRelativePath(output, workspace.Root).Replace('\\', '/'),
            environments.FirstOrDefault() ?? DefaultEnvironment,
            ToolVersion.Current);
        return new ImportedProject(
            workspace.Application,
            [.. project.All(workloads, topics), .. files.OfType<(string, string)>()],
            [.. workloads.Select(Summary)],
            _skipped,
            environments);
    }

    private Workload? Read(string path)
    {
        var shown = Shown(path);
        try
        {
            var manifest = ManifestReader.Read(shown, File.ReadAllText(path));
            if (manifest?.Find("type") is not { } type)
            {
                _skipped.Add(new SkippedFile(shown, "it has no type, so it is no workload's"));
                return null;
            }

            return IsImported(shown, manifest, type) ? Named(manifest, type.Text()) : null;
        }
        catch (CliException e)
        {
            _faults.Add(e.Message);
            return null;
        }
    }

    private bool IsImported(string shown, ManifestNode manifest, ManifestNode type)
    {
        var known = type.Scalar is Workload.ScheduledJob or Workload.WorkerService;
        var reason = known
            ? WorkloadConversion.Obstacle(manifest)
            : OtherTypes.GetValueOrDefault(
                type.Shown, $"only {Workload.ScheduledJob} and {Workload.WorkerService} are imported");
        if (reason is not null) _skipped.Add(new SkippedFile(shown, $"{type.Shown}: {reason}"));
        return reason is null;
    }

    private static Workload Named(ManifestNode manifest, string type)
    {
        var name = manifest.Find("name") ?? throw manifest.Fault("has no name", "Write it as name: report.");
        return DefinitionRules.IsJobName(name.Scalar ?? "")
            ? new Workload(name.Text(), type, manifest)
            : throw name.Fault(
                $"has 1 to {DefinitionRules.MaxNameLength} lower-case letters, digits and single hyphens, and begins with " +
                "a letter",
                "Rename the workload for the import.");
    }

    private (string Name, string Text)? Convert(Workload workload, ImportPlace place)
    {
        try
        {
            var environments = new List<(string? Name, WorkloadCode Code)>();
            foreach (var environment in workload.InOrder())
            {
                var manifest = workload.In(environment);
                environments.Add((environment, WorkloadConversion.Convert(workload, manifest, place)));
            }

            OtherFields.LeaveOverridden(environments[0].Code, workload.Manifest);
            var file = new JobFile(workload, environments, place.Topics.Count > 0);
            return (file.Name, file.Write());
        }
        catch (CliException e)
        {
            _faults.Add(e.Message);
            return null;
        }
    }

    private Func<Workload, IReadOnlyList<T>> Collected<T>(Func<Workload, IEnumerable<T>> read) => workload =>
    {
        try
        {
            return [.. read(workload)];
        }
        catch (CliException e)
        {
            _faults.Add(e.Message);
            return [];
        }
    };

    private void CheckNames(List<Workload> workloads)
    {
        foreach (var same in workloads.GroupBy(workload => workload.ClassName).Where(same => same.Count() > 1))
        {
            _faults.Add(
                $"{string.Join(" and ", same.Select(workload => workload.Manifest.File))} would both be {same.Key}. " +
                "Rename one of the workloads for the import.");
        }
    }

    private void ThrowFaults()
    {
        if (_faults.Count > 0) throw CliException.Failed(string.Join('\n', _faults.Distinct()));
    }

    private static ImportedWorkload Summary(Workload workload)
    {
        var leaves = workload.Manifest.Leaves().ToList();
        return new ImportedWorkload(
            workload.Name,
            workload.Type,
            workload.Manifest.File,
            $"{workload.ClassName}.cs",
            [.. leaves.Where(leaf => leaf.IsMapped).Select(leaf => (leaf.Path, leaf.Line))],
            [.. leaves.Where(leaf => !leaf.IsMapped)
                .Select(leaf => new LeftField(leaf.Path, leaf.Shown, leaf.Line, leaf.Reason ?? ""))]);
    }

    /// <summary>From the workspace's root, as people write it.</summary>
    private string Shown(string path) => Path.GetRelativePath(workspace.Root, path).Replace('\\', '/');

    private string? OutInWorkspace()
    {
        var path = Path.GetRelativePath(workspace.Root, output).Replace('\\', '/');
        return path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path) ? null : path;
    }
}
