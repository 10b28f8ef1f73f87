namespace Lapstack.Ports;

/// <summary>A secret or a parameter cannot be read.</summary>
internal sealed class SecretException(string message) : Exception(message);
