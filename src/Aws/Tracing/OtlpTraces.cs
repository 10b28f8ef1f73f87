using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Jobs.Core;
using Jobs.Core.Tracing;

namespace Jobs.Aws.Tracing;

/// <summary>
/// Sends spans by OTLP over HTTP, as binary Protocol Buffers. What cannot be sent is dropped: an endpoint that is out
/// of reach is said once, and is asked again only after a while.
/// </summary>
/// <param name="patience">The longest that one flush takes where the settings do not say.</param>
/// <param name="say">Told once why spans are dropped.</param>
public sealed class OtlpTraces(
    OtlpSettings settings, TimeSpan patience, Action<string> say, TimeProvider clock) : ITraces, IDisposable
{
    /// <summary>As OpenTelemetry's batches: a queue of so many spans, sent by so many.</summary>
    internal const int MaxQueued = 2_048;

    internal const int MaxBatch = 512;

    /// <summary>How long an endpoint that failed is left alone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const int ShownAnswer = 200;

    private readonly ConcurrentQueue<TraceSpan> _queue = new();
    private readonly Lazy<HttpClient> _http = new(NewClient);
    private readonly TimeSpan _patience = settings.Timeout ?? patience;
    private DateTimeOffset _pausedUntil;
    private int _told;

    public TraceSampling Sampling => settings.Sampling;

    /// <summary>Spans that wait for the next flush.</summary>
    public int Queued => _queue.Count;

    public void Add(TraceSpan span)
    {
        if (_queue.Count < MaxQueued) _queue.Enqueue(span);
        else Tell($"More than {MaxQueued:N0} spans wait to be sent, and others are dropped.");
    }

    public async Task FlushAsync()
    {
        if (_queue.IsEmpty) return;
        using var enough = new CancellationTokenSource(_patience, clock);
        while (TakeBatch() is { Count: > 0 } batch)
        {
            if (clock.GetUtcNow() < _pausedUntil) continue;
            if (await ProblemOfAsync(batch, enough.Token) is not { } problem) continue;
            _pausedUntil = clock.GetUtcNow() + Pause;
            Tell($"Traces could not be sent to {settings.Endpoint}, and are dropped: {problem}");
        }
    }

    public void Dispose()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
    }

    private List<TraceSpan> TakeBatch()
    {
        var batch = new List<TraceSpan>();
        while (batch.Count < MaxBatch && _queue.TryDequeue(out var span)) batch.Add(span);
        return batch;
    }

    /// <returns>Null when it was taken.</returns>
    private async Task<string?> ProblemOfAsync(List<TraceSpan> batch, CancellationToken enough)
    {
        try
        {
            using var request = Request(OtlpMessage.Write(settings.Resource, batch));
            using var answer = await _http.Value.SendAsync(request, enough);
            if (answer.IsSuccessStatusCode) return null;
            var text = await answer.Content.ReadAsStringAsync(enough);
            return $"{(int)answer.StatusCode} {Excerpt.Of(text, ShownAnswer)}";
        }
        catch (OperationCanceledException)
        {
            return $"no answer within {_patience.TotalSeconds:0.#} s";
        }
#pragma warning disable CA1031 // A trace that cannot be sent must fail nothing.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.Message;
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Endpoint)
        {
            Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") },
            },
        };
        foreach (var (name, value) in settings.Headers) request.Headers.TryAddWithoutValidation(name, value);
        XRaySignature.Of(settings.Endpoint)?.Sign(request, body.Span, clock.GetUtcNow());
        return request;
    }

    private void Tell(string what)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0) say(what);
    }

    // Without a propagator it makes no activities: sending spans must not make spans.
    private static HttpClient NewClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null });
}
