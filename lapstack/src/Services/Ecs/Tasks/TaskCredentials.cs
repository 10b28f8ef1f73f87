namespace Lapstack.Services.Ecs.Tasks;

/// <summary>What a task shows to fetch its role's credentials, and to ask for its metadata. Never log it.</summary>
/// <param name="Path">Unguessable; part of the addresses the task is given.</param>
/// <param name="Token">The Authorization header of the credentials endpoint.</param>
internal sealed record TaskCredentials(string Path, string Token)
{
    public override string ToString() => "credentials of a task";
}
