using Lapstack.Access;
using Lapstack.Ports;

namespace Lapstack.Services.Ecs;

/// <summary>TEMP</summary>
internal sealed class NoSecrets : ISecretValues
{
    public Task<string> ReadAsync(Caller caller, string valueFrom, CancellationToken cancellation) =>
        throw new SecretException(Missing(valueFrom)!);

    public string? Missing(string valueFrom) => $"There is no {valueFrom}.";
}
