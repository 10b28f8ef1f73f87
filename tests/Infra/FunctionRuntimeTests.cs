using Amazon.CDK;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Functions;
using Jobs.Core.Definitions;
using Annotations = Amazon.CDK.Assertions.Annotations;
using Match = Amazon.CDK.Assertions.Match;

namespace Jobs.Tests.Infra;

/// <summary>Whether the functions are deployed as native or as managed ones.</summary>
public sealed class FunctionRuntimeTests : IDisposable
{
    private static readonly string Runs = AssetRuntime.Published.Identifier;

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-published-").FullName;

    public FunctionRuntimeTests() =>
        File.WriteAllText(Path.Combine(_folder, "Jobs.Functions.dll"), "not a program");

    private static ushort Machine => (ushort)(Runs == "linux-arm64" ? 183 : 62);

    private static ushort OtherMachine => (ushort)(Runs == "linux-arm64" ? 62 : 183);

    private static string OtherRuns => Runs == "linux-arm64" ? "linux-x64" : "linux-arm64";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(FunctionRuntime.Automatic)]
    [InlineData(FunctionRuntime.Native)]
    public void Native_functions_are_one_program_on_a_runtime_of_Lambdas_without_dotnet(FunctionRuntime runtime)
    {
        AddNative(Machine, "GLIBC_2.34");

        var synthesis = Synthesize(runtime);

        Assert.Equal(("provided.al2023", "bootstrap"), RuntimeOf(synthesis));
        Assert.Equal(["bootstrap", "jobs.json"], FilesOf(synthesis));
        if (OperatingSystem.IsWindows()) return;
        Assert.True(File.GetUnixFileMode(Path.Combine(synthesis.FunctionsAsset, "bootstrap"))
            .HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute));
    }

    [Fact]
    public void Managed_functions_are_taken_where_there_are_no_others() => AssertManaged(Synthesize());

    [Fact]
    public void Managed_functions_are_taken_where_they_are_asked_for()
    {
        AddNative(Machine, "GLIBC_2.34");

        AssertManaged(Synthesize(FunctionRuntime.Managed));
    }

    [Fact]
    public void Program_that_needs_a_newer_glibc_than_Lambda_has_is_not_deployed_and_the_stack_says_so()
    {
        AddNative(Machine, "GLIBC_2.34", "GLIBC_2.35");

        var app = App();
        var stack = Add(app, FunctionRuntime.Automatic);

        app.Synth();
        Assert.NotEmpty(Annotations.FromStack(stack).FindWarning("*", Match.StringLikeRegexp(
            "The functions are managed: .*bootstrap needs glibc 2.35, and Lambda has 2.34. Build the functions on an")));
        AssertManaged(Synthesize());
    }

    [Fact]
    public void Program_for_another_processor_is_not_deployed()
    {
        AddNative(OtherMachine, "GLIBC_2.34");

        AssertManaged(Synthesize());
        AssertRefused($"bootstrap does not run on {Runs}. Build the functions with the MSBuild property AssetRuntime={Runs}.");
    }

    [Fact]
    public void Native_functions_that_were_not_built_fail_synthesis_when_they_are_asked_for() =>
        AssertRefused("bootstrap. Build the functions with the MSBuild property FunctionRuntime=Native, which says what");

    [Fact]
    public void File_that_is_no_program_fails_synthesis_when_native_functions_are_asked_for()
    {
        AddNative("not a program"u8.ToArray());

        AssertManaged(Synthesize());
        AssertRefused("bootstrap is no program of Linux.");
    }

    [Fact]
    public void Laptop_gets_managed_functions_where_it_cannot_run_native_ones()
    {
        AddNative(Machine, "GLIBC_2.34");

        AssertManaged(Synthesize(laptop: OtherRuns));
        AssertManaged(Synthesize(laptop: "osx-arm64"));
        Assert.Equal(("provided.al2023", "bootstrap"), RuntimeOf(Synthesize(laptop: Runs)));
    }

    [Fact]
    public void Laptop_of_another_system_than_the_package_gets_functions_without_machine_code()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "portable"));
        File.WriteAllText(Path.Combine(_folder, "portable", "Jobs.Functions.dll"), "for any machine");

        Assert.Equal("not a program", ManagedOf(Synthesize()));
        Assert.Equal("not a program", ManagedOf(Synthesize(laptop: Runs)));
        Assert.Equal("for any machine", ManagedOf(Synthesize(laptop: OtherRuns)));
        Assert.Equal("for any machine", ManagedOf(Synthesize(laptop: "osx-arm64")));
    }

    [Theory]
    [InlineData("linux-x64", "x86_64")]
    [InlineData("win-x64", "x86_64")]
    [InlineData("osx-arm64", "arm64")]
    public void Laptop_has_functions_of_its_own_processor(string laptop, string processor) => Assert.All(
        Synthesize(laptop: laptop).Template.OfType("AWS::Lambda::Function"),
        function => Assert.Equal(processor, function["Architectures"]));

    [Fact]
    public void Zones_of_schedules_go_along_because_the_runtime_has_none()
    {
        AddNative(Machine, "GLIBC_2.34");

        var synthesis = Synthesize(schedules:
        [
            new ScheduleTrigger("nightly", "cron(30 2 * * ? *)") { TimeZone = "Europe/Berlin" },
            new ScheduleTrigger("daily", "cron(30 3 * * ? *)"),
        ]);

        Assert.Equal(["bootstrap", "jobs.json", "zoneinfo/Europe/Berlin"], FilesOf(synthesis));
    }

    private void AddNative(ushort machine, params string[] versions) => AddNative(Elf.Program(machine, versions));

    private void AddNative(byte[] program)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "native"));
        File.WriteAllBytes(Path.Combine(_folder, "native", "bootstrap"), program);
    }

    private void AssertRefused(string why)
    {
        var message = Assert.ThrowsAny<Exception>(() => Synthesize(FunctionRuntime.Native)).Message;
        Assert.Contains(
            "The functions cannot be native (declared: FunctionRuntime.Native): ", message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    private static void AssertManaged(Synthesis synthesis)
    {
        Assert.Equal(("dotnet10", "Jobs.Functions"), RuntimeOf(synthesis));
        Assert.Equal(["Jobs.Functions.dll", "jobs.json"], FilesOf(synthesis));
    }

    private static string ManagedOf(Synthesis synthesis)
    {
        AssertManaged(synthesis);
        return File.ReadAllText(Path.Combine(synthesis.FunctionsAsset, "Jobs.Functions.dll"));
    }

    private static (string? Runtime, string? Handler) RuntimeOf(Synthesis synthesis) => Assert.Single(
        synthesis.Template.OfType("AWS::Lambda::Function")
            .Select(function => (function["Runtime"], function["Handler"]))
            .Distinct());

    private static IEnumerable<string> FilesOf(Synthesis synthesis) =>
        Directory.EnumerateFiles(synthesis.FunctionsAsset, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(synthesis.FunctionsAsset, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private Synthesis Synthesize(
        FunctionRuntime runtime = default, string? laptop = null, params ScheduleTrigger[] schedules) =>
        Synthesis.OfApp(
            app => Add(app, runtime, schedules),
            laptop is null ? null : new() { [AssetRuntime.LaptopContext] = laptop });

    private static App App() => JobsApp.Create(
        new AppProps { Outdir = Directory.CreateTempSubdirectory("jobs-synthesis-").FullName });

    private Stack Add(App app, FunctionRuntime runtime, params ScheduleTrigger[] schedules)
    {
        var stack = new Stack(app, "jobs");
        var runner = new JobRunner(
            stack, "Jobs", new JobRunnerProps { FunctionsFolder = _folder, FunctionRuntime = runtime });
        runner.AddJob(new JobDefinition("any") { Schedules = schedules }, Shapes.AnyImage);
        return stack;
    }
}
