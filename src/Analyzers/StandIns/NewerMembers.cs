namespace Jobs.Analyzers.StandIns;

/// <summary>What the sources of Core use of .NET that .NET Standard and Polyfill do not have.</summary>
internal static class NewerMembers
{
    extension(TimeZoneInfo zone)
    {
        /// <summary>As the runtime says; one that cannot say it has no other names than IANA's.</summary>
        public bool HasIanaId => typeof(TimeZoneInfo).GetProperty("HasIanaId")?.GetValue(zone) is not false;

        public static bool TryFindSystemTimeZoneById(string id, out TimeZoneInfo found)
        {
            try
            {
                found = TimeZoneInfo.FindSystemTimeZoneById(id);
                return true;
            }
            catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
            {
                found = TimeZoneInfo.Utc;
                return false;
            }
        }
    }

    extension(TimeSpan)
    {
        public static double operator /(TimeSpan one, TimeSpan other) => one.Ticks / (double)other.Ticks;

        public static TimeSpan operator *(double factor, TimeSpan time) =>
            TimeSpan.FromTicks(checked((long)(factor * time.Ticks)));
    }

    extension(double)
    {
        public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }

    extension(string)
    {
        public static string Concat(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
            one.ToString() + other.ToString();

        public static string Create(IFormatProvider provider, FormattableString text) => text.ToString(provider);
    }
}
