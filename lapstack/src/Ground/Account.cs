namespace Lapstack.Ground;

/// <summary>The one account and region that the emulator is.</summary>
/// <param name="Id">12 digits.</param>
public sealed record Account(string Id, string Region)
{
    /// <summary><c>arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE</c>.</summary>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Id}:{resource}";
}
