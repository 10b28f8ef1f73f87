using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Jobs.Tests.Fuzz.Mutation;
using Lapstack;
using Lapstack.Ground;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>
/// Requests to the laptop's port, byte by byte: each is answered or closed, none as a failure of the emulator's own,
/// and the next is answered too.
/// </summary>
internal sealed class RequestTarget : IFuzzTarget
{
    private const int MaxBytes = 100_000;

    private const string Resources = """
        {
          "Things":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"things","NotificationConfiguration":{"EventBridgeConfiguration":{"EventBridgeEnabled":true}}}},
          "Orders":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"orders"}},
          "News":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"news"}},
          "Group":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"things"}},
          "Cluster":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":"things"}},
          "Table":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"things","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}}
        }
        """;

    private readonly string _folder;
    private readonly LapstackHost _host;
    private readonly ConcurrentQueue<string> _failures;

    private RequestTarget(string folder, LapstackHost host, ConcurrentQueue<string> failures)
    {
        (_folder, _host, _failures) = (folder, host, failures);
        Samples = RequestSamples.Of(host.Endpoint.Authority);
    }

    public string Name => "requests";

    public IReadOnlyList<byte[]> Samples { get; }

    public IMutator Mutator { get; } = new HttpMutator(
        [
            "\r\n"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "?uploads"u8.ToArray(), "/../"u8.ToArray(),
            "Transfer-Encoding: chunked\r\n"u8.ToArray(), "Content-Length: -1\r\n"u8.ToArray(),
            "<!DOCTYPE a ["u8.ToArray(),
            "&amp;"u8.ToArray(), "="u8.ToArray(), "Expect: 100-continue\r\n"u8.ToArray(), "999999999999"u8.ToArray(),
            [0xC3, 0x28], "\u2028"u8.ToArray(),
        ],
        MaxBytes);

    public int InputsInTests => 1_000;

    public static async Task<RequestTarget> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fuzzed-").FullName;
        EmulatedStack.Write(folder, Resources);
        var failures = new ConcurrentQueue<string>();
        var host = await LapstackHost.StartAsync(
            EmulatedStack.Options(folder) with { OnActivity = entry => Note(entry, failures) });
        return new RequestTarget(folder, host, failures);
    }

    public async Task TakeAsync(byte[] input, CancellationToken cancellation)
    {
        var answer = await SendAsync(input, cancellation);
        if (_failures.TryDequeue(out var failure)) throw new FindingException(failure);
        if (answer.Contains("HTTP/1.1 500", StringComparison.Ordinal)) throw new FindingException(answer);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Note(ActivityEntry entry, ConcurrentQueue<string> failures)
    {
        if (entry is { Service: "Emulator", Kind: "InternalError" }) failures.Enqueue(entry.Message);
    }

    /// <summary>All that is answered until the other side closes, which it does when no more can come.</summary>
    private async Task<string> SendAsync(byte[] input, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_host.Endpoint.Host, _host.Endpoint.Port, cancellation);
        var stream = client.GetStream();
        await using (stream)
        {
            using var answer = new MemoryStream();
            try
            {
                await stream.WriteAsync(input, cancellation);
                client.Client.Shutdown(SocketShutdown.Send);
                await stream.CopyToAsync(answer, cancellation);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // Closed while it was still being sent: what was refused is not read to its end.
            }

            return Encoding.UTF8.GetString(answer.ToArray());
        }
    }
}
