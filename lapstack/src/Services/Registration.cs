using Lapstack.Processes;
using Lapstack.Template;
using Lapstack.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services;

/// <summary>
/// How a folder registers its parts. Each part is one object, whatever interfaces it is asked for by.
/// </summary>
public static class Registration
{
    /// <summary>A service on the wire.</summary>
    public static IServiceCollection AddService<T>(this IServiceCollection services)
        where T : class, IService => services.AddSingleton<T>().AddPort<IService, T>();

    /// <summary>A CloudFormation resource type.</summary>
    public static IServiceCollection AddResource<T>(this IServiceCollection services)
        where T : class, IResourceType => services.AddSingleton<IResourceType, T>();

    /// <summary>Something the host starts and stops; <typeparamref name="T"/> is registered already.</summary>
    public static IServiceCollection AddHostedPart<T>(this IServiceCollection services)
        where T : class, IHostedPart => services.AddPort<IHostedPart, T>();

    /// <summary>A local path that is not an AWS API.</summary>
    public static IServiceCollection AddRoute<T>(this IServiceCollection services)
        where T : class, IRoute => services.AddSingleton<IRoute, T>();

    /// <summary>
    /// Gives the registered <typeparamref name="T"/> where <typeparamref name="TPort"/> is asked for.
    /// </summary>
    public static IServiceCollection AddPort<TPort, T>(this IServiceCollection services)
        where TPort : class
        where T : class, TPort => services.AddSingleton<TPort>(provider => provider.GetRequiredService<T>());
}
