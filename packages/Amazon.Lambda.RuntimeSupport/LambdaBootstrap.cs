using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The loop of a custom runtime: next event, handler, result or error, again. One event at a time.
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly ILambdaSerializer _serializer;
    private readonly RuntimeApi _api;
    private readonly HttpClient _ownHttp;
    private readonly LogWriter _log = new();

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(handler, initializer, new LambdaBootstrapOptions(), serializer: null, http: null)
    {
    }

    internal LambdaBootstrap(
        LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer, LambdaBootstrapOptions options,
        ILambdaSerializer serializer, HttpClient http)
    {
        _handler = handler ?? throw new ArgumentNullException(nameof(handler));
        _initializer = initializer;
        _serializer = serializer;
        _ownHttp = http is null ? RuntimeApi.CreateHttpClient() : null;
        _api = new RuntimeApi(
            http ?? _ownHttp,
            options.RuntimeApiEndpoint ?? Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API"));
        LambdaLogger.Sink = (level, exception, message, args) => _log.Write(null, level, exception, message, args);
    }

    /// <summary>
    /// Serves events until cancelled. An exception out of here is the process's end: initialization or the Runtime API
    /// failed.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        MemoryLimit.Apply();
        if (_initializer is not null && !await InitializeAsync(cancellationToken).ConfigureAwait(false)) return;

        var once = "true".Equals(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"), StringComparison.OrdinalIgnoreCase);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ServeOneAsync(cancellationToken).ConfigureAwait(false);
                if (once) return;
            }
            catch (OperationCanceledException)
            {
                // Either asked to end, which the loop's condition sees, or no event within the client's timeout.
            }
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _ownHttp?.Dispose();
    }

    private async Task<bool> InitializeAsync(CancellationToken stop)
    {
        try
        {
            return await _initializer().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Write(null, nameof(LogLevel.Error), e, null, []);
            await _api.ReportInitializationErrorAsync(e, stop).ConfigureAwait(false);
            throw;
        }
    }

    private async Task ServeOneAsync(CancellationToken stop)
    {
        using var invocation = await _api.NextAsync(_log, _serializer, stop).ConfigureAwait(false);
        var id = invocation.LambdaContext.AwsRequestId;
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.LambdaContext.TraceId);
        LambdaTraceProvider.SetCurrentTraceId(invocation.LambdaContext.TraceId);
        LambdaLogger.Sink = (level, exception, message, args) => _log.Write(id, level, exception, message, args);

        InvocationResponse response;
        try
        {
            response = await _handler(invocation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Write(id, nameof(LogLevel.Error), e, null, []);
            await _api.ReportErrorAsync(id, e, stop).ConfigureAwait(false);
            return;
        }

        try
        {
            await _api.RespondAsync(id, response?.OutputStream, stop).ConfigureAwait(false);
        }
        finally
        {
            if (response is { DisposeOutputStream: true }) response.OutputStream?.Dispose();
        }
    }
}
