namespace Lapstack.Wire;

/// <summary>Tells of each authorized call before it is executed.</summary>
/// <param name="observer">Called with each call; null for none. Must be quick and safe to call from any thread.</param>
public sealed class ApiCalls(Action<ApiCall>? observer = null)
{
    public void Report(ApiCall call) => observer?.Invoke(call);
}
