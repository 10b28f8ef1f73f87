using Jobs.Tests.Unit.Functions;

namespace Jobs.Tests.Unit.House;

public sealed class SampleEventsTests
{
    [Fact]
    public void Every_sample_event_is_used_by_a_test_and_has_a_row_in_the_readme()
    {
        var tests = string.Concat(Repository.SourceFiles("tests").Select(File.ReadAllText));
        var readme = File.ReadAllText(Path.Combine(SampleEvents.Folder, "README.md"));

        var files = Directory.GetFiles(SampleEvents.Folder, "*.json").Select(Path.GetFileName).ToList();

        Assert.NotEmpty(files);
        Assert.Equal([], files.Where(file => !tests.Contains($"\"{file}\"", StringComparison.Ordinal)));
        Assert.Equal([], files.Where(file => !readme.Contains($"| `{file}` |", StringComparison.Ordinal)));
    }
}
