using System.Globalization;
using Jobs.Tests.Unit.House;
using Microsoft.CodeAnalysis;

namespace Jobs.Tests.Unit.Analyzers;

/// <summary>The analyzer says what synthesis says, where it is wrong, and nothing else.</summary>
public sealed class DeclarationAnalyzerTests
{
    /// <summary>
    /// What source lacks without .NET's generators: bodies of regular expressions, and members of JSON contexts.
    /// </summary>
    private static readonly string[] OfNetsGenerators = ["CS8795", "CS0117", "CS0534", "CS1061", "CS1729", "CS7036"];

    public static TheoryData<string> Wrong() => [.. WrongJobs.All];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Mistake_is_told_in_synthesis_sentence_where_it_stands(string marked)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        var end = marked.IndexOf("|]", StringComparison.Ordinal);
        var source = marked.Remove(end, 2).Remove(start, 2);
        var analysis = Analysis.Of(source);

        var reported = await analysis.ReportedAsync();

        Assert.Equal(
            analysis.Synthesized().Order(StringComparer.Ordinal),
            reported.Select(one => one.GetMessage()).Distinct().Order(StringComparer.Ordinal));
        Assert.NotEmpty(reported);
        Assert.All(reported, one => Assert.Equal(DiagnosticSeverity.Error, one.Severity));
        var span = reported[0].Location.SourceSpan;
        Assert.Equal(marked[(start + 2)..end], source.Substring(span.Start, span.Length));
    }

    [Fact]
    public async Task Every_mistake_of_a_class_is_told()
    {
        var analysis = Analysis.Of("""
            [Job(Cpu = 300, TimeoutMinutes = 0), OnUpload("*"), Retry(Attempts = 99)]
            public sealed class Import : IJob<Upload, int>
            {
                public Task<int> RunAsync(Upload input, JobContext job, CancellationToken stop) => null!;
            }
            """);

        var reported = await analysis.ReportedAsync();

        Assert.Equal(["Cpu = 300", "TimeoutMinutes = 0", "\"*\"", "Attempts = 99"], reported.Select(Text));
        Assert.Equal(
            analysis.Synthesized().Order(StringComparer.Ordinal),
            reported.Select(one => one.GetMessage()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Numbers_are_synthesis_ones_whatever_the_editors_culture()
    {
        var (before, other) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        other.NumberFormat.NumberGroupSeparator = "'";
        CultureInfo.CurrentCulture = other;
        try
        {
            var reported = await Analysis.Of("""
                [Job(MaxConcurrent = 10_001)]
                public sealed class Import : IJob<Upload, int>
                {
                    public Task<int> RunAsync(Upload input, JobContext job, CancellationToken stop) => null!;
                }
                """).ReportedAsync();

            Assert.Contains("1 to 10,000 ", Assert.Single(reported).GetMessage(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("src/Worker")]
    [InlineData("tests/EndToEndWorker")]
    public async Task Jobs_of_this_repository_are_right(string project)
    {
        var analysis = Analysis.Of(Repository.SourceFiles(project)
            .Where(file => Path.GetFileName(file) != "Program.cs").Select(File.ReadAllText));

        Assert.DoesNotContain(analysis.Broken, one => !OfNetsGenerators.Contains(one.Id));
        Assert.Empty(await analysis.ReportedAsync());
    }

    /// <summary>As it is while an author types: the compiler says what is wrong, and we say nothing.</summary>
    [Theory]
    [InlineData("[Job(Cpu = \"many\")]")]
    [InlineData("[Job(Cpu = )]")]
    [InlineData("[Job(Size = 3)]")]
    [InlineData("[OnUpload]")]
    [InlineData("[OnUpload(1, 2)]")]
    [InlineData("[OnUpload(null!)]")]
    [InlineData("[After<Missing>]")]
    [InlineData("[After<>]")]
    [InlineData("[Retry(RetryableErrors = [typeof(Missing)])]")]
    [InlineData("[Retry(RetryableErrors = null!)]")]
    [InlineData("[Missing]")]
    public async Task Code_that_is_not_whole_yet_is_left_to_the_compiler(string attribute) => Assert.DoesNotContain(
        await Analysis.Of($$"""
            {{attribute}} public class Import : IJob<Upload, int>
            {
                public Task<int> RunAsync(Upload input, JobContext job, CancellationToken stop) => null!;
            }
            """).ReportedAsync(),
        one => one.Id is "AD0001" or "JOBS003");

    [Fact]
    public async Task Class_that_is_no_job_is_not_looked_at() => Assert.Empty(await Analysis.Of("""
        [Obsolete] public class Plain;
        public class JobAttribute : Attribute { public int Cpu { get; set; } }
        [global::JobAttribute(Cpu = 1)] public class Theirs;
        """).ReportedAsync());

    private static string Text(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
