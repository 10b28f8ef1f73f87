using Lapstack.Access;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.SecretValues;

/// <summary>What containers ask for, from the service that has it.</summary>
internal sealed class SecretValues(SecretSource secrets, ParameterSource parameters) : ISecretValues
{
    public Task<string> ReadAsync(Caller caller, string valueFrom, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(IsSecret(valueFrom)
                ? secrets.Read(caller, valueFrom)
                : parameters.Read(caller, valueFrom));
        }
        catch (ServiceError unsupported)
        {
            throw new SecretException($"{valueFrom}: {unsupported.Message}");
        }
    }

    public string? Missing(string valueFrom)
    {
        try
        {
            return IsSecret(valueFrom) ? secrets.Missing(valueFrom) : parameters.Missing(valueFrom);
        }
        catch (ServiceError unsupported)
        {
            return $"{valueFrom}: {unsupported.Message}";
        }
    }

    private static bool IsSecret(string valueFrom) => valueFrom.Split(':') is ["arn", _, "secretsmanager", ..];
}
