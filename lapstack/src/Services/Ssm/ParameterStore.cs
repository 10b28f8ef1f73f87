using System.Collections.Concurrent;
using Lapstack.State;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>The parameters, in the state folder with the owner's rights only.</summary>
internal sealed class ParameterStore
{
    /// <summary>How many versions of a parameter are kept.</summary>
    private const int Kept = 100;

    private readonly ServiceState _state;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);

    public ParameterStore(StateFolder state, TimeProvider clock)
    {
        (_state, _clock) = (state.ForOwner("ssm"), clock);
        foreach (var file in _state.List("parameters"))
        {
            var parameter = _state.Read<Parameter>(file)!;
            _parameters[parameter.Name] = parameter;
        }
    }

    /// <summary>In the order of their names.</summary>
    public IEnumerable<Parameter> All => _parameters.Values.OrderBy(one => one.Name, StringComparer.Ordinal);

    public Parameter? Find(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>The version that is meant; null when there is no such parameter or version.</summary>
    public ParameterVersion? Find(ParameterId id) => Find(id.Name) is not { } parameter ? null
        : id.Version is null ? parameter.Current
        : parameter.Versions.FirstOrDefault(one => one.Version == id.Version);

    /// <param name="by">The ARN of the caller.</param>
    public ParameterVersion Put(string name, ParameterDraft draft, bool overwrite, string by)
    {
        lock (_gate)
        {
            var old = Find(name);
            if (old is not null && !overwrite) throw SsmErrors.AlreadyExists();
            return Store(name, draft, by, old, old?.Given);
        }
    }

    /// <summary>What a start gives: the template's value, or the user's own.</summary>
    /// <param name="always">Whether it takes the place of a value that was put since; otherwise only of one that an
    /// earlier start gave.</param>
    /// <exception cref="TemplateException">No parameter may have this name or value.</exception>
    public void Give(string name, ParameterDraft draft, bool always, string by)
    {
        lock (_gate)
        {
            var old = Find(name);
            if (old is not null && (always ? old.Current.Value == draft.Value : old.Given == draft.Value)) return;
            try
            {
                ParameterRules.CheckName(name);
                Store(name, draft, by, old, draft.Value);
            }
            catch (ServiceError refused)
            {
                throw new TemplateException($"Parameter {name}: {refused.Message}");
            }
        }
    }

    /// <summary>Whether it was there.</summary>
    public bool Delete(string name)
    {
        lock (_gate)
        {
            if (!_parameters.TryRemove(name, out _)) return false;
            _state.Delete(FileOf(name));
            return true;
        }
    }

    private ParameterVersion Store(string name, ParameterDraft draft, string by, Parameter? old, string? given)
    {
        var last = old?.Current;
        var type = draft.Type ?? last?.Type ?? throw SsmErrors.Invalid(
            "A parameter type is required when you create a parameter.");
        var pattern = draft.AllowedPattern ?? last?.AllowedPattern;
        ParameterRules.CheckPattern(draft.Value, pattern);
        var version = new ParameterVersion(
            (last?.Version ?? 0) + 1,
            type,
            draft.Value,
            _clock.GetUtcNow(),
            by,
            draft.Description ?? last?.Description,
            pattern,
            ParameterRules.TierFor(draft.Value, draft.Tier ?? last?.Tier),
            type == ParameterRules.Secure ? draft.KeyId ?? last?.KeyId ?? "alias/aws/ssm" : null);
        var parameter = new Parameter(name, [.. (old?.Versions ?? []).TakeLast(Kept - 1), version], given);
        _state.Write(FileOf(name), parameter);
        _parameters[name] = parameter;
        return version;
    }

    private static string FileOf(string name) => $"parameters/{FileNames.Hash(name)}.json";
}
