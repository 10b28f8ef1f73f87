using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Synthesis;

namespace Jobs.Tests.EndToEnd;

/// <summary>The commands as a person meets them when something is missing.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Port_in_use_is_said_with_the_remedy()
    {
        await RunningLaptop.SynthesizeAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var state = Directory.CreateTempSubdirectory("jobs-command-").FullName;

        var (code, output) = await LocalAsync(["up", "--port", $"{port}", "--state", state]);

        Assert.Equal(ExitCodes.NotReady, code);
        Assert.Contains($"Port {port} is in use", output, StringComparison.Ordinal);
        Assert.Contains("choose another port", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_that_has_come_up_knows_its_jobs_without_waiting_for_the_minute()
    {
        await using var local = await LocalProcess.UpAsync(JobsLaptop.NewFolder());
        using var jobs = new JobsProcess(local.Endpoint);

        // The first minute's tick comes after 60 seconds.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        string output;
        do (_, output, _) = await jobs.RunAsync("list", "--json");
        while (!output.Contains("\"slow\"", StringComparison.Ordinal) && !limit.IsCancellationRequested);

        Assert.Contains("\"slow\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_missing_is_said_with_the_remedy()
    {
        var refused = await Assert.ThrowsAsync<AppException>(
            () => NodeJs.RequireAsync("no-such-node", Path.GetTempPath(), CancellationToken.None));

        Assert.Contains("Node.js is not on PATH", refused.Message, StringComparison.Ordinal);
        Assert.Contains("nodejs.org", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_too_old_is_said_with_the_remedy()
    {
        // Prints its version as Node does, and it is not 20.
        var refused = await Assert.ThrowsAsync<AppException>(
            () => NodeJs.RequireAsync("dotnet", Path.GetTempPath(), CancellationToken.None));

        Assert.Contains("Node.js 20 or newer is needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_command_exits_with_a_usage_error()
    {
        var (code, output) = await LocalAsync(["dmeo"]);

        Assert.NotEqual(0, code);
        Assert.Contains("demo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cloud_assembly_missing_is_said_with_the_remedy()
    {
        var folder = Directory.CreateTempSubdirectory("jobs-empty-").FullName;
        var empty = new Workspace(folder, folder);

        var refused = await Assert.ThrowsAsync<Lapstack.Template.TemplateException>(
            () => Laptop.StartAsync(empty, new LaptopSettings(), TimeProvider.System));

        Assert.Contains(empty.CloudAssembly, refused.Message, StringComparison.Ordinal);
    }

    [BashFact]
    public async Task Too_few_files_to_have_open_is_said_with_the_remedy()
    {
        var local = Path.Combine(AppContext.BaseDirectory, "Jobs.Local.dll");

        var (code, output) = await RunAsync(
            new ProcessStartInfo(
                "bash", ["-c", $"ulimit -n 256 && exec dotnet '{local}' up --port 0 --cloud-assembly /none"]));

        Assert.Equal(ExitCodes.NotReady, code);
        Assert.Contains("may have 256 files open, and a stack needs 512", output, StringComparison.Ordinal);
        Assert.Contains("ulimit -n 4096", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_whose_role_trusts_another_service_does_not_start_and_is_told_what_to_add()
    {
        var folder = Directory.CreateTempSubdirectory("jobs-trust-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), """
            {"version":"36.0.0","artifacts":{"s":{"type":"aws:cloudformation:stack","properties":{"templateFile":"s.json"}}}}
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "s.json"), """
            {"Resources":{"Queue":{"Type":"AWS::SQS::Queue"},
              "Role":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}}},
              "Nightly":{"Type":"AWS::Scheduler::Schedule","Properties":{"ScheduleExpression":"rate(1 hour)","FlexibleTimeWindow":{"Mode":"OFF"},
                "Target":{"Arn":{"Fn::GetAtt":["Queue","Arn"]},"RoleArn":{"Fn::GetAtt":["Role","Arn"]},"Input":"{}"}}}}}
            """);

        var (code, output) = await LocalAsync(["up", "--port", "0", "--state", folder, "--cloud-assembly", folder]);

        var text = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.NotEqual(ExitCodes.Done, code);
        Assert.Contains("must allow AWS EventBridge Scheduler to assume the role.", text, StringComparison.Ordinal);
        Assert.Contains("Add to the trust policy of", text, StringComparison.Ordinal);
        Assert.Contains(
            "AssumedBy = new ServicePrincipal(\"scheduler.amazonaws.com\")", text, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Help_calls_the_tool_by_its_name()
    {
        var (code, output) = await LocalAsync(["up", "--help"]);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("dotnet jobs up [options]", output, StringComparison.Ordinal);
    }

    /// <summary>The laptop's program in a current folder.</summary>
    internal static Task<(int Code, string Output)> LocalAsync(string folder, params string[] arguments) => RunAsync(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Jobs.Local.dll"), .. arguments])
        {
            WorkingDirectory = folder,
        });

    private static Task<(int Code, string Output)> LocalAsync(string[] arguments) =>
        LocalAsync(Environment.CurrentDirectory, arguments);

    private static async Task<(int Code, string Output)> RunAsync(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
