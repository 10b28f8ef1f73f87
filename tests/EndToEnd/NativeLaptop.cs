using System.Diagnostics;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Functions;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// The stack of these tests with native functions, which are built for it as those that are deployed are.
/// </summary>
internal sealed class NativeLaptop : JobsLaptop
{
    /// <summary>No machine has it: who finds it has found the file beside the functions.</summary>
    public const string Zone = "Jobs/Nowhere";

    /// <summary>Of the job brief: one that does not come while a test runs.</summary>
    public const string Schedule = "far-off";

    private const string CopiedZone = "Europe/Berlin";

    private readonly string _functions = NewFolder();

    /// <summary>What Lambda would start.</summary>
    public ElfProgram Program => ElfProgram.TryRead(Path.Combine(_functions, "native", "bootstrap"))!;

    private protected override async Task<string?> CloudAssemblyAsync()
    {
        var workspace = await SynthesizeAsync();
        await BuildAsync(workspace);
        File.Copy(
            Path.Combine(TestStack.FunctionsOf(workspace), ManagedProgram), Path.Combine(_functions, ManagedProgram));
        var folder = TestStack.Synthesize(_functions, FunctionRuntime.Native, Plan);
        foreach (var catalog in Directory.EnumerateFiles(folder, "jobs.json", SearchOption.AllDirectories))
        {
            MoveZone(catalog);
        }

        return folder;
    }

    private static JobDefinition Plan(JobDefinition job) => job.Name == "brief"
        ? job with { Schedules = [new ScheduleTrigger(Schedule, "cron(30 2 1 1 ? 2099)") { TimeZone = CopiedZone }] }
        : job;

    private static string ManagedProgram => $"{PublishedFunctions.Assembly}.dll";

    private async Task BuildAsync(Workspace workspace)
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [
                "msbuild", Path.Combine(workspace.Root, "src", "Cdk"), "-t:PublishNativeFunctions", "-v:quiet",
                "-nologo", "-p:FunctionRuntime=Native", $"-p:FunctionsFolder={_functions}/",
            ])
        {
            RedirectStandardOutput = true,
        };
        foreach (var name in info.Environment.Keys.Where(IsOfMSBuild).ToList()) info.Environment.Remove(name);
        using var build = Process.Start(info)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, said);
    }

    /// <summary>Tests are run by MSBuild, which tells its children where it is.</summary>
    private static bool IsOfMSBuild(string variable) => variable.StartsWith("MSBUILD", StringComparison.Ordinal);

    private static void MoveZone(string catalog)
    {
        File.WriteAllText(
            catalog, File.ReadAllText(catalog).Replace(CopiedZone, Zone, StringComparison.Ordinal));
        var zones = Path.Combine(Path.GetDirectoryName(catalog)!, "zoneinfo");
        Directory.CreateDirectory(Path.Combine(zones, Path.GetDirectoryName(Zone)!));
        File.Move(Path.Combine(zones, CopiedZone), Path.Combine(zones, Zone));
    }
}
