using Jobs.Cli.Ground;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class InitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-init-").FullName;
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly CommandLine _jobs = new();

    public InitTests() => Directory.SetCurrentDirectory(_folder);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Template_of_the_tools_version_is_installed_and_used()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("init Acme --schedule --queue --source ../feed"));

        Assert.Matches(
            @"^dotnet new install Jobs\.Templates@\d+\.\d+\.\d+\S* --force --add-source \.\./feed$", Lines[0]);
        Assert.Equal("dotnet new jobs --name Acme --allow-scripts yes --schedule --queue", Lines[1]);
        Assert.Contains("cd Acme\n  dotnet test\n  dotnet jobs up", _jobs.Out, StringComparison.Ordinal);
        Assert.Empty(_jobs.Asked);
    }

    [Fact]
    public async Task What_is_not_said_is_asked()
    {
        _jobs.Text = "Acme";
        _jobs.Answer = true;

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("init"));

        Assert.Equal(6, _jobs.Asked.Count);
        Assert.EndsWith(
            " --schedule --queue --event --image --pipeline codepipeline", Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipeline_is_the_templates_choice()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("init Acme --pipeline codepipeline"));
        Assert.EndsWith(" --pipeline codepipeline", Lines[1], StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("init Other --pipeline jenkins"));
    }

    [Fact]
    public async Task Without_a_name_and_a_person_it_is_a_mistake()
    {
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("init"));
        Assert.Empty(Lines);
        Assert.Contains("dotnet jobs init Acme", _jobs.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b", ExitCodes.Usage, "is that of a folder")]
    [InlineData("taken", ExitCodes.Failed, "with files in it")]
    public async Task Name_that_will_not_do_is_told(string name, int code, string sentence)
    {
        Directory.CreateDirectory("taken");
        await File.WriteAllTextAsync("taken/file", "mine");

        Assert.Equal(code, await _jobs.RunAsync("init", name));
        Assert.Empty(Lines);
        Assert.Contains(sentence, _jobs.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("install", "--source names another feed")]
    [InlineData("jobs", "The solution could not be made")]
    public async Task Step_that_fails_is_told(string step, string sentence)
    {
        _jobs.Programs.Does = arguments => arguments[1] == step ? 103 : 0;

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("init Acme"));
        Assert.Contains(sentence, _jobs.Error, StringComparison.Ordinal);
    }

    private List<string> Lines => [.. _jobs.Programs.Lines.Select(line => line[(_folder.Length + 2)..])];
}
