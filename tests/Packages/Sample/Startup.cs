using Amazon.Lambda.Annotations;
using Microsoft.Extensions.DependencyInjection;

namespace Sample;

[LambdaStartup]
public sealed class Startup
{
#pragma warning disable CA1822 // The generated code calls it on an instance.
    public void ConfigureServices(IServiceCollection services)
#pragma warning restore CA1822
    {
        if (Environment.GetEnvironmentVariable("SAMPLE_BROKEN") is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        services.AddSingleton(new Greeting("hello"));
        services.AddScoped<ScopeCounter>();
    }
}

public sealed record Greeting(string Word);

/// <summary>Counts the scopes that were opened.</summary>
public sealed class ScopeCounter
{
    private static int _scopes;

    public int Number { get; } = ++_scopes;
}
