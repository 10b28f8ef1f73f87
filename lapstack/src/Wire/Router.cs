namespace Lapstack.Wire;

/// <summary>Finds the service a request is for.</summary>
internal sealed class Router(IEnumerable<IService> services)
{
    private readonly IService[] _services = [.. services];

    /// <summary>
    /// By the signature's scope; without one by target, then by path; S3 takes what no other service claims. Null for a
    /// service the emulator lacks.
    /// </summary>
    public IService? Find(SignatureScope? scope, WireRequest request)
    {
        // Lambda, Scheduler and others share nothing but the port: the scope is the one unambiguous name.
        if (scope is not null) return Named(scope.Service);
        if (request.Header("X-Amz-Target")?.Split('.')[0] is { } target)
        {
            return _services.FirstOrDefault(s => s.TargetPrefix == target);
        }

        return _services.FirstOrDefault(s => s.Claims(request)) ?? Named("s3");
    }

    private IService? Named(string name) => _services.FirstOrDefault(s => s.Name == name);
}
