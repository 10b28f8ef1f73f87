using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

namespace Jobs.Tests.Unit.Functions;

/// <summary>An invocation with half a minute left, whose log a test can read.</summary>
internal sealed class TestContext : ILambdaContext, ILambdaLogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Lines => string.Join('\n', _lines);

    public string AwsRequestId => "request-1";

    public IClientContext ClientContext => null!;

    public string FunctionName => "function";

    public string FunctionVersion => "1";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => "arn:aws:lambda:eu-central-1:123456789012:function:function";

    public ILambdaLogger Logger => this;

    public string LogGroupName => "group";

    public string LogStreamName => "stream";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => TimeSpan.FromSeconds(30);

    /// <summary>A batch whose messages are called m0, m1, …</summary>
    public static SQSEvent Batch(params IEnumerable<string> bodies) =>
        new()
        {
            Records =
            [
                .. bodies.Select((body, index) => new SQSEvent.SQSMessage { MessageId = $"m{index}", Body = body }),
            ],
        };

    /// <summary>The same batch, sent at a time.</summary>
    public static SQSEvent SentAt(DateTimeOffset at, SQSEvent batch)
    {
        foreach (var message in batch.Records)
        {
            (message.Attributes ??= [])["SentTimestamp"] =
                at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        }

        return batch;
    }

    public static IEnumerable<string> Failures(SQSBatchResponse response) =>
        response.BatchItemFailures.Select(failure => failure.ItemIdentifier);

    public void Log(string message) => _lines.Enqueue(message);

    public void LogLine(string message) => _lines.Enqueue(message);

    public void Log(string level, string message, params object[] args) => _lines.Enqueue(message);
}
