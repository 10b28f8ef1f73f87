using Lapstack.Access;

namespace Lapstack.Ports;

/// <summary>Parameters and secrets, as the start of a task reads them for its containers.</summary>
internal interface ISecretValues
{
    /// <param name="caller">The execution role's session: its policies decide.</param>
    /// <param name="valueFrom">
    /// As ECS takes it: a parameter's name or ARN; a secret's ARN, which may go on with
    /// <c>:json-key:version-stage:version-id</c>.
    /// </param>
    /// <exception cref="SecretException">It cannot be read; the message is what ECS says after
    /// "ResourceInitializationError: ", and how to set it, and never a value.</exception>
    Task<string> ReadAsync(Caller caller, string valueFrom, CancellationToken cancellation);

    /// <summary>Null where there is a value; otherwise a sentence that names it and the command that sets
    /// it.</summary>
    string? Missing(string valueFrom);
}
