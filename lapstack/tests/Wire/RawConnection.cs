using System.Net.Sockets;
using System.Text;

namespace Lapstack.Tests.Wire;

/// <summary>A connection on which a test writes and reads what it wants, as no HTTP client would.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpClient _client = new();
    private StreamReader? _reader;

    public static async Task<RawConnection> OpenAsync(Uri endpoint)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(endpoint.Host, endpoint.Port);
        connection._reader = new StreamReader(connection._client.GetStream(), Encoding.UTF8);
        return connection;
    }

    public Task SendAsync(string text) =>
        _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))).AsTask();

    /// <summary>The next status line and its headers, up to the empty line.</summary>
    public async Task<string> HeadAsync()
    {
        var head = new StringBuilder();
        while (await _reader!.ReadLineAsync().WaitAsync(Patience) is { Length: > 0 } line)
        {
            head.Append(line).Append('\n');
        }

        return head.ToString();
    }

    /// <summary>What still comes until the other side closes.</summary>
    public async Task<string> RestAsync() => await _reader!.ReadToEndAsync().WaitAsync(Patience);

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
