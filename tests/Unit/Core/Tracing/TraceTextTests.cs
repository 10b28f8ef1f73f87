using Jobs.Core.Tracing;

namespace Jobs.Tests.Unit.Core.Tracing;

public sealed class TraceTextTests
{
    private const string Sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData(Sampled)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")]
    public void Traceparent_is_read_and_written(string text)
    {
        Assert.Equal(text, TraceText.Write(TraceText.Parse(text)!.Value));
        Assert.Equal(TraceText.Length, text.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333x-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-what-a-later-version-adds")]
    public void What_is_no_traceparent_is_none(string? text) => Assert.Null(TraceText.Parse(text));

    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("Parent=53995c3f42cd8ad8; Root=1-5759e988-bd862e3fe1be46a994272793; Sampled=1; Lineage=25:7ba1c0de:0")]
    public void Header_of_X_Ray_is_read(string header) => Assert.Equal(
        "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01", TraceText.Write(TraceText.ParseAws(header)!.Value));

    [Theory]
    [InlineData(null)]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("Self=1-5759e988-bd862e3fe1be46a994272793")]
    public void Header_that_names_no_recorded_segment_is_none(string? header) =>
        Assert.Null(TraceText.ParseAws(header));
}
