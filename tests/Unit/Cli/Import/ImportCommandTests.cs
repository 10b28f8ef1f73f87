using Jobs.Cli.Ground;

namespace Jobs.Tests.Unit.Cli.Import;

/// <summary>The command: what it writes, what it says, what it refuses.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly CommandLine _jobs = new();
    private readonly CopilotFolder _folder = new CopilotFolder().With("any", CopilotFolder.Any + "exec: true\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Project_is_written_and_what_was_left_is_said()
    {
        var code = await _jobs.RunAsync("import", "copilot", _folder.Root, "--out", _folder.Out);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(
            [
                ".gitignore", "AnyJob.cs", "Copilot.cs", "JobsFromCopilot.csproj", "JobsStack.cs", "Program.cs",
                "cdk.json",
            ],
            Directory.GetFiles(_folder.Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("4 fields mapped, 1 left as comments", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("exec: true (line 5)", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("npx aws-cdk@2 synth", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_with_files_is_written_into_only_by_force()
    {
        Directory.CreateDirectory(_folder.Out);
        var own = Path.Combine(_folder.Out, "Program.cs");
        File.WriteAllText(own, "mine");

        var refused = await _jobs.RunAsync("import", "copilot", _folder.Root, "--out", _folder.Out);

        Assert.Equal(ExitCodes.Failed, refused);
        Assert.Contains("--force", _jobs.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(own));

        Assert.Equal(
            ExitCodes.Done, await _jobs.RunAsync("import", "copilot", _folder.Root, "--out", _folder.Out, "--force"));
        Assert.Contains("JobsApp.Run", File.ReadAllText(own), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_when_a_manifest_is_wrong()
    {
        _folder.With("other", "name: other\ntype: Scheduled Job\n");

        var code = await _jobs.RunAsync("import", "copilot", _folder.Root, "--out", _folder.Out);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public async Task Json_has_what_was_written_and_what_was_left()
    {
        await _jobs.RunAsync("import", "copilot", _folder.Root, "--out", _folder.Out, "--json");

        var job = _jobs.Json["jobs"]![0]!;
        Assert.Equal("AnyJob.cs", job["file"]!.GetValue<string>());
        Assert.Equal("exec", job["left"]![0]!["path"]!.GetValue<string>());
        Assert.Equal(5, job["left"]![0]!["line"]!.GetValue<int>());
        Assert.Equal("", _jobs.Error);
    }

    [Theory]
    [InlineData("copilot")]
    [InlineData("copilot/any/manifest.yml")]
    public async Task Folder_copilot_and_one_manifest_do_as_well(string path)
    {
        var named = Path.Combine(_folder.Root, path);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("import", "copilot", named, "--out", _folder.Out));
        Assert.Contains("copilot/any/manifest.yml", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        var code = await _jobs.RunAsync("import", "copilot", Path.Combine(_folder.Root, "elsewhere"));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("elsewhere is not there. Name the folder copilot", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_source_is_a_mistake_on_the_command_line() =>
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("import", "kubernetes", _folder.Root));
}
