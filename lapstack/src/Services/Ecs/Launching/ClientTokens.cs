using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.State;

namespace Lapstack.Services.Ecs.Launching;

/// <summary>
/// What RunTask did for each client token, per cluster. A token lives for 24 hours, or until an hour after the last of
/// its tasks has stopped. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
/// </summary>
internal sealed class ClientTokens(StateFolder state, TaskStore tasks, TimeProvider clock)
{
    private const string Folder = "tokens";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly ServiceState _state = state.For("ecs");
    private DateTimeOffset _forgetAt = DateTimeOffset.MinValue;

    /// <returns>The ids of the tasks the token started; null for a token that is new, or forgotten.</returns>
    /// <exception cref="Wire.ServiceError">ConflictException: the parameters are not those of the first
    /// time.</exception>
    public IReadOnlyList<string>? Find(TaskRequest request)
    {
        var used = _state.Read<Used>(NameOf(request));
        // A task that stopped more than an hour ago is forgotten, and its token with it.
        if (used is null || clock.GetUtcNow() - used.At > Lifetime || used.TaskIds.All(id => tasks.Find(id) is null))
        {
            return null;
        }

        return used.Fingerprint == request.Fingerprint
            ? used.TaskIds
            : throw EcsErrors.Conflict(
                used.TaskIds.Select(
                    id => $"{request.Cluster.Arn.Replace(":cluster/", ":task/", StringComparison.Ordinal)}/{id}"));
    }

    public void Remember(TaskRequest request, IReadOnlyList<string> taskIds)
    {
        Forget();
        _state.Write(NameOf(request), new Used(request.Fingerprint, taskIds, clock.GetUtcNow()));
    }

    // Once an hour is enough to keep the folder small.
    private void Forget()
    {
        var now = clock.GetUtcNow();
        if (now < _forgetAt) return;
        _forgetAt = now + TimeSpan.FromHours(1);
        foreach (var name in _state.List(Folder))
            if (_state.Read<Used>(name) is { } used && now - used.At > Lifetime) _state.Delete(name);
    }

    private static string NameOf(TaskRequest request) =>
        $"{Folder}/{FileNames.Hash($"{request.Cluster.Name}/{request.ClientToken}")}.json";

    private sealed record Used(string Fingerprint, IReadOnlyList<string> TaskIds, DateTimeOffset At);
}
