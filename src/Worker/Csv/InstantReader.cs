namespace Jobs.Worker.Csv;

/// <summary>Reads ISO 8601 dates and times from UTF-8, strictly.</summary>
internal static class InstantReader
{
    private const int DateLength = 10;

    private const int MostFractionDigits = 9;

    private const int TickDigits = 7;

    private const int MostOffsetHours = 14;

    public static bool TryDate(ReadOnlySpan<byte> value, out DateTimeOffset date)
    {
        var isDate = TryDay(value, out var day) && value.Length == DateLength;
        date = new DateTimeOffset(day, TimeSpan.Zero);
        return isDate;
    }

    /// <summary>
    /// A date, T or a space, hours and minutes; then, where they are written, seconds, one to nine digits of fraction,
    /// and an offset. Without one the time counts as UTC.
    /// </summary>
    public static bool TryDateTime(ReadOnlySpan<byte> value, out DateTimeOffset time)
    {
        time = default;
        if (!TryDay(value, out var day)) return false;
        var rest = value[DateLength..];
        if (!TryTake(ref rest, "Tt "u8)
            || !TryTimeOfDay(ref rest, out var timeOfDay)
            || !TryOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = day.Ticks + timeOfDay - offset;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryDay(ReadOnlySpan<byte> value, out DateTime day)
    {
        day = default;
        if (value.Length < DateLength || value[4] != '-' || value[7] != '-') return false;
        if (!TryNumber(value[..4], out var year)
            || !TryNumber(value[5..7], out var month)
            || !TryNumber(value[8..10], out var date))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateTime(year, month, date, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryTimeOfDay(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (!TryTwoDigits(ref rest, 23, out var hour)
            || !TryTake(ref rest, ":"u8)
            || !TryTwoDigits(ref rest, 59, out var minute))
        {
            return false;
        }

        var (second, fraction) = (0, 0L);
        if (TryTake(ref rest, ":"u8))
        {
            if (!TryTwoDigits(ref rest, 59, out second)) return false;
            if (TryTake(ref rest, "."u8) && !TryFraction(ref rest, out fraction)) return false;
        }

        ticks = new TimeSpan(hour, minute, second).Ticks + fraction;
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        ticks = 0;
        for (var i = 0; i < TickDigits; i++) ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return digits.Length is > 0 and <= MostFractionDigits;
    }

    /// <summary>Nothing, Z, or hours with minutes or without: +02:00, +0200, +02.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || (TryTake(ref rest, "Zz"u8) && rest.IsEmpty)) return true;
        var sign = rest[0];
        if (!TryTake(ref rest, "+-"u8) || !TryTwoDigits(ref rest, MostOffsetHours, out var hours)) return false;
        var minutes = 0;
        if ((TryTake(ref rest, ":"u8) || !rest.IsEmpty)
            && !TryTwoDigits(ref rest, hours == MostOffsetHours ? 0 : 59, out minutes))
        {
            return false;
        }

        ticks = new TimeSpan(hours, minutes, 0).Ticks * (sign == '-' ? -1 : 1);
        return rest.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> any)
    {
        if (rest.IsEmpty || !any.Contains(rest[0])) return false;
        rest = rest[1..];
        return true;
    }

    private static bool TryTwoDigits(ref ReadOnlySpan<byte> rest, int most, out int number)
    {
        number = 0;
        if (rest.Length < 2 || !TryNumber(rest[..2], out number) || number > most) return false;
        rest = rest[2..];
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
