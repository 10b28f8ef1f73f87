namespace Jobs;

/// <summary>
/// A channel of Slack that is told what the runner's list is told, by Amazon Q Developer in chat applications. Its
/// workspace must be authorized in that service's console once, and the app <c>@Amazon Q</c> invited into the channel.
/// https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
/// </summary>
/// <param name="WorkspaceId">Such as T0123ABCD: the console shows it once the workspace is authorized.</param>
/// <param name="ChannelId">Such as C0123ABCD: the end of the channel's link.</param>
public sealed record SlackChannel(string WorkspaceId, string ChannelId);
