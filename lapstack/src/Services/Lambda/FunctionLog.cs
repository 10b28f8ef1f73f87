using System.Globalization;
using System.Text;
using Lapstack.Ports;

namespace Lapstack.Services.Lambda;

/// <summary>
/// The log stream of one execution environment, with the lines Lambda itself writes around an invocation.
/// </summary>
internal sealed class FunctionLog(ILogs logs, string group, string stream, TimeProvider clock)
{
    /// <summary>How much of an invocation's output X-Amz-Log-Result gives, in characters.</summary>
    private const int TailLength = 4096;

    private readonly Lock _gate = new();
    private readonly StringBuilder _tail = new();

    public string Stream => stream;

    /// <summary>The end of what was written since <see cref="StartAsync"/>.</summary>
    public string Tail
    {
        get
        {
            lock (_gate) return _tail.ToString();
        }
    }

    public Task WriteAsync(string line)
    {
        lock (_gate)
        {
            _tail.Append(line).Append('\n');
            if (_tail.Length > TailLength) _tail.Remove(0, _tail.Length - TailLength);
        }
        return logs.AppendAsync(group, stream, [new LogLine(clock.GetUtcNow(), line)], CancellationToken.None);
    }

    public Task StartAsync(string requestId)
    {
        lock (_gate) _tail.Clear();
        return WriteAsync($"START RequestId: {requestId} Version: $LATEST");
    }

    /// <param name="init">How long the environment took to start, when this was its first invocation.</param>
    public async Task EndAsync(string requestId, TimeSpan duration, TimeSpan? init, int memoryMiB)
    {
        await WriteAsync($"END RequestId: {requestId}");
        var report = new StringBuilder()
            .Append(
                CultureInfo.InvariantCulture,
                $"REPORT RequestId: {requestId}\tDuration: {duration.TotalMilliseconds:F2} ms\t")
            .Append(
                CultureInfo.InvariantCulture,
                $"Billed Duration: {Math.Ceiling(duration.TotalMilliseconds):F0} ms\tMemory Size: {memoryMiB} MB");
        if (init is { } start)
        {
            report.Append(CultureInfo.InvariantCulture, $"\tInit Duration: {start.TotalMilliseconds:F2} ms");
        }

        await WriteAsync(report.ToString());
    }
}
