using System.Net;
using Jobs.Apps;
using Jobs.Cli.Ground;
using Jobs.Page.Guarding;
using Jobs.Page.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Page;

/// <summary>The page while it is served, on this machine's loopback alone. Disposing it ends it.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private PageServer(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>What a browser is given, with the token.</summary>
    public Uri Address { get; }

    /// <summary>Serves a stack; returns when its port answers, whether the stack can be reached or not.</summary>
    /// <exception cref="IOException">Another process has the port.</exception>
    /// <exception cref="AppException">There is no AWS Region.</exception>
    public static Task<PageServer> StartAsync(PageSettings settings, CancellationToken cancellation = default)
    {
        try
        {
            var parts = PageParts.Of(settings.Laptop, settings.StackName) with { Denials = settings.Denials };
            return StartAsync(parts, settings.Port, cancellation);
        }
        catch (CliException e)
        {
            throw new AppException(e.Message);
        }
    }

    internal static async Task<PageServer> StartAsync(PageParts parts, int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Actor.MaxFile;
        });
        builder.Services.AddRoutingCore().Configure<FormOptions>(form => form.MultipartBodyLengthLimit = Actor.MaxFile);
        var application = builder.Build();
        RequestGuard? guard = null;
        application.Use(async (context, next) =>
        {
            // Nothing is let in before the port is known, and with it the host's name.
            if (guard is not null && await guard.AdmitAsync(context)) await next(context);
        });
        application.UseRouting();
        new Routes(parts).Map(application);
        await application.StartAsync(cancellation);
        guard = new RequestGuard(new Token(), PortOf(application));
        return new PageServer(application, guard.Address);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private static int PortOf(WebApplication application)
    {
        var features = application.Services.GetRequiredService<IServer>().Features;
        return new Uri(features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }
}
