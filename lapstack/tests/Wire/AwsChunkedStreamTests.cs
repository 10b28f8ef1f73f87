using System.Text;
using Lapstack.Wire;

namespace Lapstack.Tests.Wire;

public sealed class AwsChunkedStreamTests
{
    [Theory]
    [InlineData("5;chunk-signature=abc\r\nhello\r\n6;chunk-signature=def\r\n world\r\n0;chunk-signature=0\r\n\r\n")]
    [InlineData("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n")]
    [InlineData("B\r\nhello world\r\n0;chunk-signature=0\r\nx-amz-checksum-crc32:DUoRhQ==\nx-amz-trailer-signature:1\r\n\r\n")]
    public async Task Framing_is_removed(string framed)
    {
        using var chunked = new AwsChunkedStream(new Dribble(framed));
        using var reader = new StreamReader(chunked);

        Assert.Equal("hello world", await reader.ReadToEndAsync());
        if (framed.Contains("checksum", StringComparison.Ordinal))
        {
            Assert.Equal("DUoRhQ==", chunked.Trailers["X-Amz-Checksum-CRC32"]);
        }
    }

    [Theory]
    [InlineData("5\r\nhel")]
    [InlineData("5\r\nhello\r\n")]
    public async Task Body_that_breaks_off_is_IncompleteBody(string framed)
    {
        using var reader = new StreamReader(new AwsChunkedStream(new Dribble(framed)));

        var error = await Assert.ThrowsAsync<ServiceError>(() => reader.ReadToEndAsync());

        Assert.Equal("IncompleteBody", error.Code);
    }

    [Theory]
    [InlineData("zz\r\nhello\r\n", "'zz'")]
    [InlineData("ffffffffffffffff\r\nhello\r\n", "'ffffffffffffffff'")]
    [InlineData("8000000000000000\r\nhello\r\n", "'8000000000000000'")]
    [InlineData("10000000000000000\r\nhello\r\n", "'10000000000000000'")]
    [InlineData("\r\nhello\r\n", "''")]
    [InlineData("4\r\nhello\r\n0\r\n\r\n", "longer than its size")]
    public async Task Framing_that_is_none_is_InvalidRequest_and_never_the_end(string framed, string named)
    {
        using var reader = new StreamReader(new AwsChunkedStream(new Dribble(framed)));

        var error = await Assert.ThrowsAsync<ServiceError>(() => reader.ReadToEndAsync());

        Assert.Equal(("InvalidRequest", 400), (error.Code, error.Status));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A network that gives three bytes at a time.</summary>
    private sealed class Dribble(string text) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(3, buffer.Length)], cancellationToken);
    }
}
