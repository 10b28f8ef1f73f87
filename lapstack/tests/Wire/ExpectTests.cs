using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Wire;

/// <summary>A client that waits to be asked for its body, as boto3 and the AWS CLI do with an upload.</summary>
public sealed class ExpectTests
{
    [Theory]
    [InlineData("/absent/key", "404 Not Found")]
    [InlineData("/plain/key?legal-hold", "501 Not Implemented")]
    public async Task Upload_refused_before_its_body_is_read_asks_for_none_and_closes(string path, string status)
    {
        await using var stack = await S3Stack.StartAsync();
        await using var connection = await RawConnection.OpenAsync(stack.Host.Endpoint);

        await connection.SendAsync(
            $"PUT {path} HTTP/1.1\nHost: 127.0.0.1\nExpect: 100-continue\nContent-Length: 1\n\n");
        var head = await connection.HeadAsync();
        await connection.SendAsync("GET / HTTP/1.1\nHost: 127.0.0.1\n\n");
        var rest = await connection.RestAsync();

        Assert.StartsWith($"HTTP/1.1 {status}", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close", head, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_that_is_taken_is_asked_for_and_its_connection_stays()
    {
        await using var stack = await S3Stack.StartAsync();
        await using var connection = await RawConnection.OpenAsync(stack.Host.Endpoint);

        await connection.SendAsync(
            "PUT /plain/key HTTP/1.1\nHost: 127.0.0.1\nExpect: 100-continue\nContent-Length: 1\n\n");
        var asked = await connection.HeadAsync();
        await connection.SendAsync("x");
        var written = await connection.HeadAsync();
        await connection.SendAsync("HEAD /plain/key HTTP/1.1\nHost: 127.0.0.1\n\n");
        var read = await connection.HeadAsync();

        Assert.StartsWith("HTTP/1.1 100 ", asked, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", written, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", read, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 1", read, StringComparison.Ordinal);
    }
}
