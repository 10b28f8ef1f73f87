namespace Jobs.Tests.Unit.Analyzers;

/// <summary>A program that is published trimmed is told what it would lack.</summary>
public sealed class TrimAnalyzerTests
{
    private const string Jobs = """
        public sealed record Order(int Number, Receipt[] Receipts);
        public sealed record Receipt(string Text);
        public sealed class Bill : IJob<Order, Receipt>
        {
            public async Task<Receipt> RunAsync(Order input, JobContext job, CancellationToken stop)
            {
                await job.SaveCheckpointAsync(new List<int> { await job.ReadCheckpointAsync<int>(stop) }, stop);
                return input.Receipts[0];
            }
        }
        public sealed class Import : IJob<Upload, DrainSummary>
        {
            public Task<DrainSummary> RunAsync(Upload input, JobContext job, CancellationToken stop) => null!;
        }
        """;

    private const string Context = """
        [System.Text.Json.Serialization.JsonSerializable(typeof(Order))]
        internal partial class AcmeJson : System.Text.Json.Serialization.JsonSerializerContext;
        """;

    [Theory]
    [InlineData("PublishAot", "true")]
    [InlineData("PublishTrimmed", "True")]
    public async Task Type_in_no_context_is_told_with_the_line_to_add(string property, string value)
    {
        var told = await Analysis.Of(Jobs).TrimmedAsync(property, value);

        Assert.Equal(
            ["List<int>", "Order", "Receipt"],
            told.Select(one => one.Split(' ')[1]));
        Assert.Equal(
            "JOBS004 Order is in no JSON context, and a trimmed program reads no type by reflection (declared: " +
            "PublishAot or PublishTrimmed). Add [JsonSerializable(typeof(Order))] to a JsonSerializerContext of this " +
            "project.",
            told[1]);
    }

    [Fact]
    public async Task Type_that_a_listed_one_holds_is_known() => Assert.StartsWith(
        "JOBS004 List<int> ", Assert.Single(await Analysis.Of(Jobs, Context).TrimmedAsync()), StringComparison.Ordinal);

    [Fact]
    public async Task Class_of_the_guide_is_all_that_a_job_needs() => Assert.Empty(await Analysis.Of(
        """
        using System.Text.Json.Serialization;
        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(Receipt))]
        internal sealed partial class AcmeJson : JsonSerializerContext;
        """,
        """
        public sealed record Order(int Number);
        public sealed record Receipt(string Text);
        public sealed class Bill : IJob<Order, Receipt>
        {
            public Task<Receipt> RunAsync(Order input, JobContext job, CancellationToken stop) => null!;
        }
        """).TrimmedAsync());

    [Theory]
    [InlineData("PublishAot", "false")]
    [InlineData("PublishAot", "")]
    [InlineData("PublishReadyToRun", "true")]
    public async Task Program_that_is_not_trimmed_needs_no_context(string property, string value) =>
        Assert.Empty(await Analysis.Of(Jobs).TrimmedAsync(property, value));

    [Fact]
    public async Task Job_that_no_other_code_can_name_is_told()
    {
        var told = await Analysis.Of("""
            public static class Outer
            {
                private sealed class Own : IJob<int, int>
                {
                    public Task<int> RunAsync(int input, JobContext job, CancellationToken stop) => null!;
                }
            }
            """).TrimmedAsync();

        Assert.StartsWith("JOBS005 ", Assert.Single(told), StringComparison.Ordinal);
        Assert.Contains("(declared: Own,", told[0], StringComparison.Ordinal);
    }
}
