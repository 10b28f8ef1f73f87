using Jobs.Cli;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Worker;

namespace Jobs.Tests.Unit.Cli;

/// <summary>The examples of the help are accepted by the stack that comes with the product.</summary>
[Collection(nameof(CommandLine))]
public sealed class ExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-examples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Examples() =>
    [
        .. from name in (string[])["submit", "replay"]
           from example in Command(name).Examples
           where !example.Contains("--id", StringComparison.Ordinal)
           select example,
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_is_accepted(string example)
    {
        const string Upload = """{"bucket": "the-bucket", "key": "incoming/a.csv"}""";
        foreach (var file in (string[])["upload.json", "uploads.jsonl"])
        {
            File.WriteAllText(Path.Combine(_folder, file), Upload);
        }

        var jobs = new CommandLine();
        jobs.Stack.Catalog = new JobCatalog(JobDefinitions.FromAssembly(typeof(CsvImport).Assembly));
        jobs.Clock.Advance(TimeSpan.FromDays(180));

        var code = await jobs.RunAsync([.. Arguments(example)]);

        Assert.True(code == ExitCodes.Done, $"{example}: {jobs.Error}");
    }

    /// <summary>
    /// As a shell would split them. That it stays or does it for good is left out: there is no stack behind.
    /// </summary>
    private IEnumerable<string> Arguments(string example)
    {
        var line = example.Replace("run=$(", "", StringComparison.Ordinal)
            .TrimEnd(')')[(CommandLines.Tool.Length + 1)..];
        return line.Split('\'')
            .SelectMany(
                (part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word is not ("--follow" or "--yes"))
            .Select(word => word
                .Replace("@upload.json", $"@{Path.Combine(_folder, "upload.json")}", StringComparison.Ordinal)
                .Replace("uploads.jsonl", Path.Combine(_folder, "uploads.jsonl"), StringComparison.Ordinal));
    }

    private static CliCommand Command(string name) =>
        (CliCommand)Root.Create(DocumentTests.Nowhere()).Subcommands.Single(command => command.Name == name);
}
