namespace Lapstack.Ports;

/// <summary>Lambda's invocation types; the names are the values of <c>X-Amz-Invocation-Type</c>.</summary>
public enum InvocationType
{
    RequestResponse,
    Event,
    DryRun,
}
