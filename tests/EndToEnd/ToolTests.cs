using System.Diagnostics;
using Jobs.Local.Commands;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>The laptop as the tool runs it: a program in the folder <c>laptop</c> beside the tool's own.</summary>
public sealed class ToolTests
{
    private static readonly string Cli = Path.Combine(AppContext.BaseDirectory, "Jobs.Cli.dll");

    public ToolTests()
    {
        var laptop = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "laptop")).FullName;
        var link = Path.Combine(laptop, "Jobs.Local.dll");
        if (!File.Exists(link)) File.CreateSymbolicLink(link, Path.Combine(AppContext.BaseDirectory, "Jobs.Local.dll"));
    }

    [BashFact]
    public async Task Help_of_a_command_is_the_laptops()
    {
        var (code, output) = await RunAsync(Environment.CurrentDirectory, Cli, "up", "--help");

        Assert.Equal(0, code);
        Assert.Contains("dotnet jobs up [options]", output, StringComparison.Ordinal);
        Assert.Contains("--chaos", output, StringComparison.Ordinal);
    }

    [BashFact]
    public async Task Exit_code_is_the_laptops()
    {
        using var app = new OwnApp(new() { ["app"] = "true" });

        var (code, output) = await RunAsync(app.Root, Cli, "demo");

        Assert.Equal(ExitCodes.NotReady, code);
        Assert.Contains("dotnet jobs up", output, StringComparison.Ordinal);
    }

    [BashFact]
    public async Task Tool_that_is_asked_to_end_ends_the_laptop_first()
    {
        var state = JobsLaptop.NewFolder();
        await using var tool = await LocalProcess.StartAsync(new ProcessStartInfo(
            "dotnet",
            [
                Cli, "up", "--port", "0", "--state", state, "--cloud-assembly", await TestStack.SynthesizeAsync(),
            ]));
        await tool.UntilAsync("Ctrl-C");

        // SIGTERM to the tool alone, as of a supervisor; Ctrl-C reaches both.
        using var kill = Process.Start("kill", ["-TERM", $"{tool.Id}"]);
        var (_, output) = await tool.EndAsync();

        Assert.Contains("Stopping; everything stored is kept.", output, StringComparison.Ordinal);
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(tool.Endpoint));
    }

    [BashFact]
    public async Task Build_without_the_laptop_says_how_it_is_run()
    {
        var built = Path.Combine(Workspace.Find().Root, "src", "Cli", "bin", "Debug", "net10.0", "Jobs.Cli.dll");

        var (code, output) = await RunAsync(Environment.CurrentDirectory, built, "up", "--port", "0");

        Assert.Equal(3, code);
        Assert.Contains("dotnet run --project src/Local -- up --port 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_has_every_option_of_the_laptop()
    {
        var page = File.ReadAllText(Path.Combine(Workspace.Find().Root, "docs", "reference", "cli.md"));
        var section = page.Split("### dotnet jobs ").Single(text => text.StartsWith("up\n", StringComparison.Ordinal));

        Assert.All(
            UpCommand.Create().Options,
            option => Assert.Single(
                section.Split('\n'),
                row => row.StartsWith($"| `{option.Name}", StringComparison.Ordinal)
                    && row.EndsWith($" | {option.Description!.Split('\n')[0]} |", StringComparison.Ordinal)));
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, params string[] line)
    {
        var info = new ProcessStartInfo("dotnet", line)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
