namespace Jobs;

/// <summary>
/// A channel of Microsoft Teams that is told what the runner's list is told, by Amazon Q Developer in chat
/// applications. Its team must be authorized in that service's console once.
/// https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
/// </summary>
/// <param name="TeamId">Id of the team, a UUID: <c>groupId</c> in the channel's link.</param>
/// <param name="TenantId">Id of the tenant, a UUID: <c>tenantId</c> in the channel's link.</param>
/// <param name="ChannelId">As the channel's link has it, percent-encoded: <c>19%3a…%40thread.tacv2</c>.</param>
public sealed record TeamsChannel(string TeamId, string TenantId, string ChannelId);
