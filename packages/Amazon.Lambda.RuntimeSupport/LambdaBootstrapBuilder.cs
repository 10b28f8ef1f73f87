using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Turns a method into the loop that serves it. Of the official matrix of <c>Create</c> these are the forms that
/// generated code uses.
/// </summary>
public class LambdaBootstrapBuilder
{
    private readonly LambdaBootstrapHandler _handler;
    private readonly ILambdaSerializer _serializer;
    private readonly LambdaBootstrapOptions _options = new();
    private LambdaBootstrapInitializer _initializer;
    private HttpClient _http;

    private LambdaBootstrapBuilder(LambdaBootstrapHandler handler, ILambdaSerializer serializer)
    {
        _handler = handler;
        _serializer = serializer;
    }

    public static LambdaBootstrapBuilder Create(Func<Stream, Task> handler) => Of(null, async call =>
    {
        await handler(call.InputStream).ConfigureAwait(false);
        return Empty();
    });

    public static LambdaBootstrapBuilder Create(
        Func<Stream, ILambdaContext, Task<Stream>> handler) => Of(null, async call =>
        new InvocationResponse(await handler(call.InputStream, call.LambdaContext).ConfigureAwait(false)));

    public static LambdaBootstrapBuilder Create<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        Create<TInput>((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput>(
        Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) => Of(serializer, call =>
    {
        handler(Read<TInput>(call, serializer), call.LambdaContext);
        return Task.FromResult(Empty());
    });

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        Create<TInput>((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput>(
        Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) => Of(serializer, async call =>
    {
        await handler(Read<TInput>(call, serializer), call.LambdaContext).ConfigureAwait(false);
        return Empty();
    });

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        Create<TInput, TOutput>((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Of(
            serializer,
            call => Task.FromResult(Write(handler(Read<TInput>(call, serializer), call.LambdaContext), serializer)));

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Create<TInput, TOutput>((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Of(
            serializer,
            async call =>
                Write(
                    await handler(Read<TInput>(call, serializer), call.LambdaContext).ConfigureAwait(false),
                    serializer));

    public LambdaBootstrapBuilder UseHttpClient(HttpClient httpClient)
    {
        _http = httpClient;
        return this;
    }

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> options)
    {
        options?.Invoke(_options);
        return this;
    }

    public LambdaBootstrap Build() => new(_handler, _initializer, _options, _serializer, _http);

    private static LambdaBootstrapBuilder Of(ILambdaSerializer serializer, LambdaBootstrapHandler handler) =>
        new(handler, serializer);

    private static TInput Read<TInput>(InvocationRequest call, ILambdaSerializer serializer) =>
        serializer.Deserialize<TInput>(call.InputStream);

    private static InvocationResponse Write<TOutput>(TOutput result, ILambdaSerializer serializer)
    {
        var output = new MemoryStream();
        serializer.Serialize(result, output);
        output.Position = 0;
        return new InvocationResponse(output);
    }

    private static InvocationResponse Empty() => new(Stream.Null);
}
