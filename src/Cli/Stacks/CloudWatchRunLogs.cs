using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

/// <summary>Logs in CloudWatch.</summary>
internal sealed class CloudWatchRunLogs(IAmazonCloudWatchLogs logs) : IRunLogs
{
    public async Task<LogPage?> ReadAsync(string group, string stream, string? token, CancellationToken cancellation)
    {
        try
        {
            var page = await logs.GetLogEventsAsync(
                new GetLogEventsRequest(group, stream) { NextToken = token, StartFromHead = true }, cancellation);
            return new LogPage(
                [.. (page.Events ?? []).Select(one => new LogLine(At(one.Timestamp), one.Message))],
                page.NextForwardToken);
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// By the last line of the newest stream: what DescribeLogStreams says of a stream's last event may be an hour old.
    /// </summary>
    public async Task<DateTimeOffset?> LastWrittenAsync(string group, CancellationToken cancellation)
    {
        try
        {
            var streams = await logs.DescribeLogStreamsAsync(
                new DescribeLogStreamsRequest
                {
                    LogGroupName = group,
                    OrderBy = OrderBy.LastEventTime,
                    Descending = true,
                    Limit = 1,
                }, cancellation);
            if (streams.LogStreams is not [var newest, ..]) return null;
            var last = await logs.GetLogEventsAsync(
                new GetLogEventsRequest(group, newest.LogStreamName)
                {
                    Limit = 1,
                    StartFromHead = false,
                }, cancellation);
            return last.Events is [var line, ..] ? At(line.Timestamp) : null;
        }
        catch (ResourceNotFoundException)
        {
            throw CliException.Failed($"There is no log group {group}. The stack is not whole: deploy it again.");
        }
    }

    private static DateTimeOffset At(DateTime? utc) =>
        new(DateTime.SpecifyKind(utc ?? DateTime.UnixEpoch, DateTimeKind.Utc));
}
