using Lapstack.Ports;
using Lapstack.Services.Logs;

namespace Lapstack.Tests.Logs;

/// <summary>The embedded metric format's specification.</summary>
public sealed class EmbeddedMetricsTests
{
    [Fact]
    public void Each_value_comes_once_for_each_set_of_dimensions()
    {
        const string Line = """
            {"_aws":{"Timestamp":1767600000000,"CloudWatchMetrics":[{"Namespace":"Jobs","Dimensions":[["Job","Stack"],["Stack"],[]],
             "Metrics":[{"Name":"BacklogPerTask","Unit":"Count","StorageResolution":60}]}]},
             "Job":"queue-worker","Stack":"jobs","BacklogPerTask":[12.5,3],"requestId":"989ffbf8"}
            """;

        var read = EmbeddedMetrics.Read(Line);

        Assert.Equal(6, read.Count);
        Assert.All(read, m => Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1767600000000), m.At));
        Assert.Equal(
            [12.5, 3],
            read.Where(
                m =>
                    m.Metric.Equals(
                        new MetricName("Jobs", "BacklogPerTask", ("Stack", "jobs"), ("Job", "queue-worker"))))
                .Select(m => m.Value));
        Assert.Equal(2, read.Count(m => m.Metric.Equals(new MetricName("Jobs", "BacklogPerTask", ("Stack", "jobs")))));
        Assert.Equal(2, read.Count(m => m.Metric.Equals(new MetricName("Jobs", "BacklogPerTask"))));
    }

    [Theory]
    [InlineData("""hello {"_aws":1}""")]
    [InlineData("""{"message":"no \"_aws\" here"}""")]
    [InlineData("""{"_aws":{"Timestamp":1},"n":1}""")]
    [InlineData("""{"_aws": cut""")]
    public void Line_without_metrics_has_none(string line) => Assert.Empty(EmbeddedMetrics.Read(line));

    [Theory]
    [InlineData("""{"_aws":{"CloudWatchMetrics":[]},"n":1}""", "_aws.Timestamp")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Dimensions":[[]],"Metrics":[{"Name":"n"}]}]},"n":1}""",
        "Namespace must be a string")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Jobs","Dimensions":[["Job"]],"Metrics":[{"Name":"n"}]}]},"n":1}""", "the dimension 'Job'")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Jobs","Dimensions":[["Job"]],"Metrics":[{"Name":"n"}]}]},"n":1,"Job":7}""", "the dimension 'Job'")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Jobs","Dimensions":[[]],"Metrics":[{"Name":"n"}]}]},"n":"many"}""", "the metric 'n'")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Jobs","Dimensions":[[]],"Metrics":[{"Name":"n"}]}]}}""", "the metric 'n'")]
    public void Line_that_breaks_the_format_says_how(string line, string why) =>
        Assert.Contains(
            why, Assert.Throws<FormatException>(() => EmbeddedMetrics.Read(line)).Message, StringComparison.Ordinal);
}
