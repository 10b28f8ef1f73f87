using System.Net;
using System.Text;
using Lapstack.Access;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Services;
using Lapstack.Services.CloudFormation;
using Lapstack.Services.Ecs.Engines;
using Lapstack.State;
using Lapstack.Template;
using Lapstack.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack;

/// <summary>A running emulator of one stack. Disposing it stops everything it started; what it stored stays.</summary>
public sealed class LapstackHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IHostedPart[] _hostedParts;
    private readonly IDisposable _claim;

    private LapstackHost(WebApplication application, Stack stack, IDisposable claim)
    {
        _application = application;
        _claim = claim;
        _hostedParts = [.. application.Services.GetServices<IHostedPart>()];
        Stack = stack;
        Activity = application.Services.GetRequiredService<Activity>();
        Endpoint = application.Services.GetRequiredService<LapstackEndpoint>().Url;
    }

    /// <summary>Such as <c>http://127.0.0.1:4566</c>; the value for AWS_ENDPOINT_URL.</summary>
    public Uri Endpoint { get; }

    /// <summary>What happens inside, as it happens.</summary>
    public Activity Activity { get; }

    public Stack Stack { get; }

    /// <summary>The stack's outputs.</summary>
    public IReadOnlyDictionary<string, string> Outputs => Stack.Outputs;

    /// <summary>Physical ids by logical id.</summary>
    public IReadOnlyDictionary<string, string> Resources =>
        Stack.Resources.ToDictionary(r => r.LogicalId, r => r.Ref, StringComparer.Ordinal);

    /// <summary>Issues credentials of the stack's roles, for tests and tools that act as one.</summary>
    public ICredentialIssuer Credentials => _application.Services.GetRequiredService<ICredentialIssuer>();

    /// <summary>
    /// The next containers of an image start from this folder, which has its Dockerfile; those that run stay as they
    /// are. Lasts until the host is disposed.
    /// </summary>
    /// <param name="folder">Null for the synthesized one.</param>
    public void UseImageFolder(ImageAsset image, string? folder) =>
        _application.Services.GetRequiredService<ImageFolders>().Use(image, folder);

    /// <summary>Starts the stack; returns when its port answers and its resources exist.</summary>
    /// <exception cref="TemplateException">The assembly or the template cannot be run; the message has the
    /// remedy.</exception>
    /// <exception cref="PortInUseException">Another process has the port.</exception>
    /// <exception cref="StateException">The state folder is another emulator's, or cannot be read or
    /// written.</exception>
    /// <exception cref="OpenFileLimitException">This process may open too few files.</exception>
    public static async Task<LapstackHost> StartAsync(LapstackOptions options, CancellationToken cancellation = default)
    {
        if (Platform.Current.OpenFileLimit() is { } limit and < OpenFileLimitException.Least)
            throw new OpenFileLimitException(limit);
        var assembly = CloudAssemblyReader.Read(options.CloudAssembly, options.StackName);
        // Before anything else: what an earlier emulator left running is ended, which must not be a living one's.
        var state = new StateFolder(options.StateFolder);
        var claim = state.Claim();
        var application = Build(options, assembly, state);
        IHostedPart[] parts = [];
        try
        {
            parts = [.. application.Services.GetServices<IHostedPart>()];
            var preparing = Task.WhenAll(parts.Select(r => r.PrepareAsync(cancellation)));
            await ListenAsync(application, options.Port, cancellation);
            var stack = await CreateAsync(application.Services, assembly, cancellation);
            await preparing;
            foreach (var part in parts) await part.StartAsync(cancellation);
            // Last: what an earlier start left is taken up before anything new comes, so nothing new is taken for left.
            application.Services.GetRequiredService<Pipeline>().Open();
            return new LapstackHost(application, stack, claim);
        }
        catch
        {
            await StopAsync(application, parts);
            claim.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_application, _hostedParts);
        _claim.Dispose();
    }

    private static WebApplication Build(LapstackOptions options, CloudAssembly assembly, StateFolder state)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        });
        builder.Services
            .AddSingleton(new Account(options.AccountId, options.Region))
            .AddSingleton(options.TimeProvider)
            .AddSingleton(new Ids(options.Random))
            .AddSingleton(state)
            .AddSingleton(assembly)
            .AddSingleton(new Activity(options.TimeProvider, options.OnActivity))
            .AddSingleton(new ApiCalls(options.OnCall))
            .AddSingleton(options.Chaos)
            .AddSingleton<ChaosDice>()
            .AddSingleton<LapstackEndpoint>()
            .AddSingleton<StackResolver>()
            .AddSingleton<Sessions>().AddPort<ICredentialIssuer, Sessions>()
            .AddSingleton<Authorizer>().AddPort<IAuthorizer, Authorizer>()
            .AddSingleton<Authenticator>()
            .AddSingleton<Router>()
            .AddSingleton<Pipeline>()
            .AddLapstack(options);
        var application = builder.Build();
        application.Run(context => application.Services.GetRequiredService<Pipeline>().HandleAsync(context));
        return application;
    }

    private static async Task ListenAsync(WebApplication application, int port, CancellationToken cancellation)
    {
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new PortInUseException(port, taken);
        }

        var features = application.Services.GetRequiredService<IServer>().Features;
        var address = features.Get<IServerAddressesFeature>()!.Addresses.First();
        application.Services.GetRequiredService<LapstackEndpoint>().Url = new Uri(
            $"http://127.0.0.1:{new Uri(address).Port}");
    }

    // The whole template is resolved before the first resource is made: a stack that cannot run leaves nothing behind.
    private static async Task<Stack> CreateAsync(
        IServiceProvider services, CloudAssembly assembly, CancellationToken cancellation)
    {
        var resolver = services.GetRequiredService<StackResolver>();
        var stack = resolver.Resolve(assembly.StackName, assembly.Template);
        foreach (var one in stack.LeftOut)
        {
            services.GetRequiredService<Activity>().Report(
                "CloudFormation",
                "LeftOut",
                $"{one.LogicalId} ({one.Type}) is left out: there is no such type here, and no other resource refers " +
                "to it.");
        }

        services.GetRequiredService<Authorizer>().Book = new PolicyBook(stack, services.GetRequiredService<Account>());
        foreach (var resource in stack.Resources)
            await resolver.TypeOf(resource).CreateAsync(resource, stack, cancellation);
        foreach (var existing in services.GetServices<IExistingResources>()) existing.Open(stack);
        services.GetRequiredService<CloudFormationService>().Running = stack;
        return stack;
    }

    private static async Task StopAsync(WebApplication application, IEnumerable<IHostedPart> parts)
    {
        // First what calls, then what is called: see Composition.
        foreach (var part in parts.Reverse()) await part.StopAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }
}
