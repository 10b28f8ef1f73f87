using Lapstack.Services.Ecs.Clusters;
using Lapstack.State;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>The services of all clusters, on disk with each change.</summary>
internal sealed class ServiceStore
{
    private const string Folder = "services";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServiceRecord> _services = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inStack = new(StringComparer.Ordinal);
    private readonly ServiceState _state;

    public ServiceStore(StateFolder state)
    {
        _state = state.For("ecs");
        foreach (var file in _state.List(Folder))
            if (_state.Read<ServiceRecord>(file) is { } service) _services[service.Arn] = service;
    }

    /// <summary>Called after each change, with the service's ARN.</summary>
    public event Action<string>? Changed;

    public IReadOnlyList<ServiceRecord> All
    {
        get
        {
            lock (_gate) return [.. _services.Values.OrderBy(s => s.Arn, StringComparer.Ordinal)];
        }
    }

    /// <param name="identifier">A name or an ARN.</param>
    public ServiceRecord? Find(Cluster cluster, string identifier)
    {
        var name = identifier[(identifier.LastIndexOf('/') + 1)..];
        lock (_gate) return _services.Values.FirstOrDefault(s => s.Name == name && s.ClusterArn == cluster.Arn);
    }

    public ServiceRecord? Find(string arn)
    {
        lock (_gate) return _services.GetValueOrDefault(arn);
    }

    /// <summary>Makes or replaces a service.</summary>
    public ServiceRecord Put(ServiceRecord service)
    {
        lock (_gate) Save(service);
        Changed?.Invoke(service.Arn);
        return service;
    }

    /// <summary>Applies a change; null when there is no such service. The same record back means no change.</summary>
    public ServiceRecord? Update(string arn, Func<ServiceRecord, ServiceRecord> change)
    {
        ServiceRecord changed;
        lock (_gate)
        {
            if (!_services.TryGetValue(arn, out var before)) return null;
            changed = change(before);
            if (ReferenceEquals(changed, before)) return before;
            Save(changed);
        }
        Changed?.Invoke(arn);
        return changed;
    }

    public void MarkInStack(string arn) => _inStack.Add(arn);

    /// <summary>Drops the services that came with an earlier template and are not in this one.</summary>
    public void ForgetRemoved()
    {
        lock (_gate)
        {
            foreach (var gone in _services.Values.Where(s => s.FromTemplate && !_inStack.Contains(s.Arn)).ToList())
            {
                _services.Remove(gone.Arn);
                _state.Delete(FileOf(gone.Arn));
            }
        }
    }

    private void Save(ServiceRecord service)
    {
        _state.Write(FileOf(service.Arn), service);
        _services[service.Arn] = service;
    }

    private static string FileOf(string arn) => $"{Folder}/{FileNames.Hash(arn)}.json";
}
