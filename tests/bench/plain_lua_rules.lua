-- The ten shipped rules by hand: what a competent person would write who wants
-- a fast host in plain Lua and needs no explanation. Outcome, amount and due
-- date; the figures are those of the editions in force on 22 November 2026.
--
-- A pupil is a table of the shape of its JSON. What is not stated is nil, and
-- nil is unknown: true and false are known. Dates are integers, 20261122;
-- amounts are integers, in pence. Every rule gives back outcome, amount, due.

local AS_OF = 20261122
local YEAR, MONTH, DAY = 2026, 11, 22

-- Dates -----------------------------------------------------------------------

local MONTH_ENDS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function month_end(year, month)
  if month == 2 and year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0) then
    return 29
  end
  return MONTH_ENDS[month]
end

-- The day is kept, or the month's last where it is shorter.
local function add_months(date, months)
  local day = date % 100
  local count = date // 10000 * 12 + date // 100 % 100 - 1 + months
  local year, month = count // 12, count % 12 + 1
  if day > 28 then
    local last = month_end(year, month)
    if day > last then day = last end
  end
  return year * 10000 + month * 100 + day
end

local function day_before(date)
  if date % 100 > 1 then return date - 1 end
  local year, month = date // 10000, date // 100 % 100
  if month == 1 then return (year - 1) * 10000 + 1231 end
  return year * 10000 + (month - 1) * 100 + month_end(year, month - 1)
end

-- The last day of a period of so many months that starts with `first`.
local function months_starting_with(first, months)
  local same_day = add_months(first, months)
  if same_day % 100 ~= first % 100 then return same_day end
  return day_before(same_day)
end

local function age_in_years(born) return (AS_OF - born) // 10000 end

local function age_in_months(born)
  local months = (YEAR - born // 10000) * 12 + MONTH - born // 100 % 100
  if DAY < born % 100 then return months - 1 end
  return months
end

-- Disability Access Fund: the school's authority ------------------------------

local DAF_AMOUNT = 97500
local DAF_YOUNGEST_MONTHS, DAF_OLDEST_AGE, RECEPTION_AGE = 9, 4, 4
local DAF_REPEAT_MONTHS = 12
local FINANCIAL_YEAR = 401
-- By authority. An unconfirmed reading of the period is doubtful only where
-- the other reading would decide otherwise.
local DAF_BY_FINANCIAL_YEAR = { ["330"] = true, ["830"] = true, ["877"] = true, ["916"] = true }
local DAF_PERIOD_UNCONFIRMED = { ["330"] = true, ["830"] = true, ["877"] = true }
local DAF_UNCONFIRMED_AMOUNT = { ["936"] = 122500 }
local DAF_PART_ALWAYS_UNCONFIRMED = { ["884"] = true }
local DAF_PART_BEFORE_SCHOOL = { ["878"] = true }

-- Whether a payment stands in the way, whether that hangs on how the period is
-- counted, and the first day on which the fund can be paid again.
local function earlier_payment(awards, by_financial_year)
  local paid, doubtful = false, false
  local sure, possible, open
  for i = 1, #awards do
    local award = awards[i]
    local fund, on = award.fund, award.on
    if fund == "disability-access-fund" or fund == nil then
      if not on then
        open = true
        if not paid then paid = nil end
      elseif on <= AS_OF then
        local again = add_months(on, DAF_REPEAT_MONTHS)
        if by_financial_year then
          local year = again // 10000
          if again % 10000 < FINANCIAL_YEAR then year = year - 1 end
          if year * 10000 + FINANCIAL_YEAR <= AS_OF and again > AS_OF then
            doubtful = true
          end
          again = year * 10000 + FINANCIAL_YEAR
        end
        if again > AS_OF then
          if fund then
            paid = true
            if not sure or on > sure.on then sure = { on = on, again = again } end
          else
            if not paid then paid = nil end
            if not possible or on > possible then possible = on end
          end
        end
      end
    end
  end
  local due
  if sure and not open and not (possible and possible > sure.on) then
    due = sure.again
  end
  return paid, doubtful, due
end

local function disability_access_fund(pupil)
  local school = pupil.school
  local la = school and school.la
  local awards = pupil.awards
  local paid, doubtful, due = false, false, nil
  if awards and awards[1] then
    paid, doubtful, due = earlier_payment(awards, DAF_BY_FINANCIAL_YEAR[la])
  end

  local early_years, benefits = pupil.early_years, pupil.benefits
  local on_dla = benefits and benefits.dla_child
  local hours = early_years and early_years.funded_hours_per_week
  local nominated = early_years and early_years.daf_nominated
  local born = pupil.date_of_birth
  local age = born and age_in_years(born)
  local in_reception_year = pupil.nc_year == "R"
  if age and (age > DAF_OLDEST_AGE or age_in_months(born) < DAF_YOUNGEST_MONTHS)
      or on_dla == false or hours and hours <= 0 or nominated == false or paid
      or age and age >= RECEPTION_AGE and in_reception_year
      or school and school.type == "special" then
    return "not_met", nil, due
  end

  -- A document that is not on file is outstanding, never refuted.
  local award_letter, declaration = false, false
  local evidence = pupil.evidence
  if evidence then
    for i = 1, #evidence do
      local item = evidence[i]
      if item.type == "dla_award" then
        award_letter = true
      elseif item.type == "parental_declaration" and item.signed then
        declaration = true
      end
    end
  end
  if not (on_dla and award_letter and hours and age and nominated and declaration)
      or paid == nil or age >= RECEPTION_AGE and not pupil.nc_year then
    return "needs_evidence", nil, due
  end

  if DAF_PART_ALWAYS_UNCONFIRMED[la] then return "refer", nil, due end
  if DAF_PART_BEFORE_SCHOOL[la] and age >= RECEPTION_AGE then
    return "met", nil, due
  end
  if DAF_UNCONFIRMED_AMOUNT[la] then
    return "refer", DAF_UNCONFIRMED_AMOUNT[la], due
  end
  if doubtful and DAF_PERIOD_UNCONFIRMED[la] then
    return "refer", DAF_AMOUNT, due
  end
  return "met", DAF_AMOUNT, due
end

-- EHC plans -------------------------------------------------------------------

local REVIEW_MONTHS = 12

local function ehc_annual_review(pupil)
  local sen, ehcp = pupil.sen, pupil.ehcp
  local status = sen and sen.status
  if status and status ~= "plan_final" then return "not_applicable" end
  local from = ehcp and (ehcp.last_review_on or ehcp.issued_on)
  if not from then return "needs_evidence" end
  local last_day = months_starting_with(from, REVIEW_MONTHS)
  if not status then return "needs_evidence", nil, last_day end
  return AS_OF <= last_day and "met" or "not_met", nil, last_day
end

-- Before 31 March and before 15 February: the last days.
local BEFORE_POST_16, BEFORE = 330, 214
local MONTHS_BEFORE_OTHER_POST_16 = 5

local function ehc_phase_transfer(pupil)
  local sen, ehcp = pupil.sen, pupil.ehcp
  local status = sen and sen.status
  if status and status ~= "plan_final" then return "not_applicable" end
  local next_phase = ehcp and ehcp.next_phase
  if next_phase == "none" then return "not_applicable" end
  local transfer_on = ehcp and ehcp.transfer_on
  if not next_phase or not transfer_on then return "needs_evidence" end
  local last_day
  if next_phase == "post_16" then
    last_day = transfer_on // 10000 * 10000 + BEFORE_POST_16
  elseif next_phase == "other_post_16" then
    last_day = add_months(transfer_on, -MONTHS_BEFORE_OTHER_POST_16)
  else
    last_day = transfer_on // 10000 * 10000 + BEFORE
  end
  local final_on = ehcp.phase_transfer_final_on
  if AS_OF <= last_day or final_on and final_on <= last_day then
    return "met", nil, last_day
  end
  return "not_met", nil, last_day
end

-- Element 3: the home authority -----------------------------------------------

local THRESHOLD = 600000
-- Measured on all provision; the editions' dates are not confirmed.
local TOTAL_THRESHOLD = { ["317"] = 1000000, ["935"] = 1000000 }

local function element_3_top_up(pupil)
  local school, sen = pupil.school, pupil.sen
  local kind = school and school.type
  if kind and kind ~= "mainstream" then return "not_met" end
  if sen and sen.status == "none" then return "not_met" end

  local total = TOTAL_THRESHOLD[pupil.home_la]
  local threshold = total or THRESHOLD
  local low, high
  if total then
    low = pupil.provision_total_cost
    high = low
  else
    low = pupil.provision_cost
    high = low
    local provision = pupil.provision
    if not low and provision then
      low, high = 0, 0
      for i = 1, #provision do
        local line = provision[i]
        local additional, cost = line.additional, line.annual_cost
        if additional then
          if cost then low = low + cost end
          high = high and cost and high + cost
        elseif additional == nil then
          high = high and cost and high + cost
        end
      end
    end
  end
  if high and high <= threshold then return "not_met" end
  if not kind or not low or low <= threshold or low ~= high then
    return "needs_evidence"
  end
  return total and "refer" or "met", low - threshold
end

-- Herefordshire's matrix: the home authority ----------------------------------

local LOCAL_OFFER_BELOW = 10
local LONGER_HOURS, SHORTER_HOURS = 30, 15
local MATRIX = { -- points from, to; a term of 30 hours, of 15 hours, a year
  { 10, 14, 25100, 12550, 75300 }, { 15, 19, 49800, 24900, 149400 },
  { 20, 24, 86000, 43000, 258000 }, { 25, 29, 122700, 61350, 368100 },
  { 30, 34, 144000, 72000, 432000 }, { 35, 39, 165800, 82900, 497400 },
  { 40, 44, 187100, 93550, 561300 }, { 45, 49, 212600, 106300, 637800 },
  { 50, 54, 293800, 146900, 881400 }, { 55, 59, 340600, 170300, 1021800 },
  { 60, 64, 387500, 193750, 1162500 }, { 65, 69, 434500, 217250, 1303500 },
  { 70, 74, 481800, 240900, 1445400 }, { 75, 79, 528700, 264350, 1586100 },
  { 80, 84, 575600, 287800, 1726800 }, { 85, 89, 623000, 311500, 1869000 },
  { 90, 94, 670000, 335000, 2010000 }, { 95, 99, 716800, 358400, 2150400 },
  { 100, 104, 763700, 381850, 2291100 }, { 105, 109, 811100, 405550, 2433300 },
}

local function herefordshire_high_needs_matrix(pupil)
  local school, sen = pupil.school, pupil.sen
  local home = pupil.home_la
  if home ~= "884" then
    if home == nil and school and school.la == "884" then return "needs_evidence" end
    return nil
  end
  if sen and sen.status == "none" then return "not_met" end

  local low, high = 0, nil
  local levels = sen and sen.levels
  if levels then
    high = 0
    for i = 1, #levels do
      local level = levels[i]
      local scheme, points = level.scheme, level.points
      if scheme == "herefordshire" then
        if points then low = low + points end
        high = high and points and high + points
      elseif scheme == nil then
        high = high and points and high + points
      end
    end
  end
  if high and high < LOCAL_OFFER_BELOW then return "not_met" end
  if low < LOCAL_OFFER_BELOW then return "needs_evidence" end

  local phase = school and school.phase
  local early_years = pupil.early_years
  local hours = early_years and early_years.funded_hours_per_week
  local column = 5
  if phase == nil then
    return "needs_evidence"
  elseif phase == "early_years" then
    if hours == nil then return "needs_evidence" end
    if hours == LONGER_HOURS then
      column = 3
    elseif hours == SHORTER_HOURS then
      column = 4
    else
      return "refer"
    end
  end
  local row = MATRIX[(low - LOCAL_OFFER_BELOW) // 5 + 1]
  if not row then return "refer" end
  if not high or high > row[2] then return "needs_evidence" end
  return "met", row[column]
end

-- Examinations ----------------------------------------------------------------

local JCQ_QUALIFICATION = { gcse = true, as_level = true, a_level = true, vocational = true }
local NEEDS_APPROVAL = {
  extra_time_25 = true, reader = true, computer_reader = true, scribe = true,
  practical_assistant = true,
}
local VALIDITY_MONTHS = 26

local function jcq_approval_in_date(pupil)
  local exams = pupil.exams
  local qualification = exams and exams.qualification
  if qualification and not JCQ_QUALIFICATION[qualification] then
    return "not_applicable"
  end
  local arrangements = pupil.arrangements
  if not arrangements then return "needs_evidence" end

  local first_exam = exams and exams.first_exam_on
  local approved, covered, unconfirmed = false, true, false
  local sure, possible, open
  for i = 1, #arrangements do
    local item = arrangements[i]
    local arrangement, on = item.arrangement, item.approved_on
    if arrangement == nil or NEEDS_APPROVAL[arrangement] then
      local covers
      if on and first_exam then
        covers = add_months(on, VALIDITY_MONTHS) >= first_exam
      end
      if not on then open = true end
      if arrangement then
        approved = true
        if on and (not sure or on < sure) then sure = on end
        if covers == false then
          covered = false
        elseif covers == nil and covered then
          covered = nil
        end
      else
        if not approved then approved = nil end
        if on and (not possible or on < possible) then possible = on end
        if not covers and covered then covered = nil end
        if on and unconfirmed == false then unconfirmed = nil end
      end
    elseif arrangement == "extra_time_over_25" and on then
      unconfirmed = true
    end
  end
  local due
  if sure and not open and not (possible and possible < sure) then
    due = add_months(sure, VALIDITY_MONTHS)
  end

  if qualification == nil then return "needs_evidence", nil, due end
  if approved and covered and unconfirmed == false then return "met", nil, due end
  if unconfirmed and covered then return "refer", nil, due end
  if approved == false or covered == false or unconfirmed then
    return "not_met", nil, due
  end
  return "needs_evidence", nil, due
end

local SPEED_AREA = {
  reading_speed = true, writing_speed = true, phonological_processing = true,
  rapid_naming = true, working_memory = true, processing_speed = true,
  visual_processing = true, other_processing = true,
}
local BELOW_AVERAGE, LOW_AVERAGE = 84, 89
local AREAS_BELOW_AVERAGE, AREAS_NEEDED = 1, 2
local YEAR_9_OR_LATER = {
  ["9"] = true, ["10"] = true, ["11"] = true, ["12"] = true, ["13"] = true,
  ["14"] = true,
}

-- Whether enough different speed areas have a score that counts.
local function enough_areas(assessments, highest, needed)
  if not assessments then return nil end
  local certain, possible = {}, {}
  local number, more = 0, 0
  for i = 1, #assessments do
    local item = assessments[i]
    local area, score, form = item.area, item.score, item.form
    local qualified, year = item.assessor_qualified, item.nc_year
    if (area == nil or SPEED_AREA[area]) and not (score and score > highest)
        and (form == nil or form == "form_8") and qualified ~= false
        and (year == nil or YEAR_9_OR_LATER[year]) then
      if area and score and form and qualified and year then
        if not certain[area] then
          certain[area] = true
          number = number + 1
          if possible[area] then more = more - 1 end
        end
      elseif not area then
        more = more + 1
      elseif not certain[area] and not possible[area] then
        possible[area] = true
        more = more + 1
      end
    end
  end
  if number >= needed then return true end
  if number + more < needed then return false end
  return nil
end

local function exceptional_case(judgements)
  if not judgements then return nil end
  local last
  for i = 1, #judgements do
    local item = judgements[i]
    if item.question == "exceptional_case" and item.answer ~= nil
        and (not last or not last.on or item.on and last.on <= item.on) then
      last = item
    end
  end
  if last then return last.answer end
  return nil
end

local function all_of(a, b)
  if a == false or b == false then return false end
  if a == nil or b == nil then return nil end
  return true
end

local function jcq_extra_time_25(pupil)
  local exams, sen = pupil.exams, pupil.sen
  local qualification = exams and exams.qualification
  if qualification == nil then return "needs_evidence" end
  if not JCQ_QUALIFICATION[qualification] then return "not_applicable" end

  -- Arrangements: a closed list, but what is not on file can still be supplied.
  local normal, samples, comments = nil, nil, nil
  local tried, sufficient, shown_insufficient = nil, nil, nil
  local arrangements = pupil.arrangements
  if arrangements then
    normal, sufficient, shown_insufficient = false, false, false
    for i = 1, #arrangements do
      local item = arrangements[i]
      local arrangement = item.arrangement
      if arrangement == "extra_time_25" then
        local usual = item.normal_way_of_working
        if usual then
          normal = true
        elseif usual == nil and not normal then
          normal = nil
        end
        samples = samples or item.samples_on_file or nil
        comments = comments or item.teacher_comments_on_file or nil
      elseif arrangement == "rest_breaks" then
        local enough, trialled = item.sufficient, item.trialled
        tried = tried or trialled or nil
        if enough then
          sufficient = true
        elseif enough == nil and not sufficient then
          sufficient = nil
        end
        if trialled and enough == false then
          shown_insufficient = true
        elseif trialled ~= false and not enough and not shown_insufficient then
          shown_insufficient = nil
        end
      elseif arrangement == nil then
        if item.normal_way_of_working ~= false and not normal then normal = nil end
        if item.sufficient ~= false and not sufficient then sufficient = nil end
        if item.trialled ~= false and not item.sufficient and not shown_insufficient then
          shown_insufficient = nil
        end
      end
    end
  end

  local form_8, form_8_full, form_9, letter = false, false, false, false
  local evidence = pupil.evidence
  if evidence then
    for i = 1, #evidence do
      local item = evidence[i]
      local kind = item.type
      if kind == "form_8" then
        form_8 = true
      elseif kind == "form_8_part_1" then
        form_8_full = form_8_full or item.reviewed
      elseif kind == "form_9" then
        form_9 = true
      elseif kind == "specialist_letter" then
        letter = true
      end
    end
  end

  local impaired
  local difficulties = pupil.difficulties
  if difficulties then
    impaired = false
    for i = 1, #difficulties do
      local item = difficulties[i]
      if item.kind ~= "learning_difficulty" and item.established ~= false
          and not impaired then
        if item.kind and item.established then impaired = true else impaired = nil end
      end
    end
  end

  local assessments = pupil.assessments
  local below = enough_areas(assessments, BELOW_AVERAGE, AREAS_BELOW_AVERAGE)
  local fair = enough_areas(assessments, LOW_AVERAGE, AREAS_NEEDED)
  local status = sen and sen.status
  local has_plan
  if status then has_plan = status == "plan_final" end

  local by_form_8 = all_of(below, fair)
  if by_form_8 and not (form_8 and form_8_full) then by_form_8 = nil end
  -- Rest breaks first: the text is not confirmed, so nothing is taken off.
  local breaks_first
  if sufficient then
    breaks_first = false
  elseif tried and sufficient == false then
    breaks_first = true
  end
  local by_form_9 = impaired
  if by_form_9 and not (form_9 and letter) then by_form_9 = nil end
  local by_form_9_untrusted = by_form_9
  if by_form_9 and not breaks_first then by_form_9_untrusted = nil end
  by_form_9 = all_of(by_form_9, breaks_first)

  local need = by_form_8 or has_plan or by_form_9
  if not need then
    need = nil
    if by_form_8 == false and has_plan == false and by_form_9 == false then
      need = false
    end
  end
  if need and normal and samples and comments then return "met" end

  if exceptional_case(pupil.judgements) then return "refer" end
  if fair and below == false and not has_plan and (status == nil or has_plan == false) then
    return "refer"
  end
  if impaired and form_9 and normal and shown_insufficient == false then
    return "refer"
  end
  if normal == false then return "not_met" end
  if need == false then
    -- Not met by a reading of the rest breaks that is not confirmed.
    if by_form_9_untrusted ~= false then return "refer" end
    return "not_met"
  end
  return "needs_evidence"
end

-- Kent's scheme is closed -----------------------------------------------------

local function kent_high_needs_funding(pupil)
  local school = pupil.school
  local la = school and school.la
  if la == "886" then return "refer" end
  if la == nil and pupil.home_la == "886" then return "needs_evidence" end
  return nil
end

-- Attendance ------------------------------------------------------------------

local THRESHOLD_PERCENT = 10

local function persistent_absence(pupil)
  local attendance = pupil.attendance
  local possible = attendance and attendance.possible
  if not possible then return "needs_evidence" end
  if possible <= 0 then return "not_met" end
  local authorised, unauthorised = attendance.authorised, attendance.unauthorised
  local missed = (authorised or 0) + (unauthorised or 0)
  if missed * 100 >= THRESHOLD_PERCENT * possible then return "met" end
  if authorised and unauthorised then return "not_met" end
  return "needs_evidence"
end

-- Pupil premium ---------------------------------------------------------------

-- No figure of this year is confirmed: nothing is met, and all is indicative.
local PRIMARY_RATE, SECONDARY_RATE, CARE_RATE = 155000, 110000, 269000
local FSM_FROM, FSM_TO = 20200101, 20251031
local PRU_FROM, PRU_TO = 20200501, 20260131
local PRIMARY_YEAR = {
  R = true, ["1"] = true, ["2"] = true, ["3"] = true, ["4"] = true, ["5"] = true,
  ["6"] = true,
}
local SECONDARY_YEAR = {
  ["7"] = true, ["8"] = true, ["9"] = true, ["10"] = true, ["11"] = true,
}
-- Years whose neighbours would come to the same.
local STEADY_YEAR = {
  E1 = true, E2 = true, N1 = true, N2 = true, ["1"] = true, ["2"] = true,
  ["3"] = true, ["4"] = true, ["5"] = true, ["6"] = true, ["8"] = true,
  ["9"] = true, ["10"] = true, ["11"] = true, ["13"] = true, ["14"] = true,
}
local ORDINARY_SCHOOL = { mainstream = true, resource_base = true, special = true }

-- Whether a recorded period reaches into the window; and whether that is so
-- however early the window should open, which is not confirmed.
local function recorded_meals(periods, from, to)
  if not periods then return nil, nil end
  local found, however = false, false
  for i = 1, #periods do
    local period = periods[i]
    local first, last = period.from, period.to
    if not (first and first > to) then
      however = nil
      if not found and not (last and last < from) then
        if first and (first >= from or last) then found = true else found = nil end
      end
    end
  end
  return found, however
end

local function any_of(a, b)
  if a or b then return true end
  if a == nil or b == nil then return nil end
  return false
end

local function pupil_premium(pupil)
  local census, care, school = pupil.census, pupil.care, pupil.school
  local year = census and census.nc_year
  if not year then
    local today = pupil.nc_year
    if STEADY_YEAR[today] then year = today end
  end
  local primary = PRIMARY_YEAR[year]
  local in_years, no_curriculum
  if year then
    in_years = primary or SECONDARY_YEAR[year] or false
    no_curriculum = year == "X"
    if not in_years and not no_curriculum then return "not_met" end
  end

  local on_roll = census and census.on_roll_october
  local looked_after = care and care.looked_after
  local previously = all_of(care and care.previously_looked_after, on_roll)
  local kind = school and school.type
  local fsm = pupil.fsm
  local ever_6, however
  if on_roll == false then
    ever_6, however = false, false
  elseif kind == nil then
    local a, b = recorded_meals(fsm and fsm.recorded, FSM_FROM, FSM_TO)
    local c, d = recorded_meals(fsm and fsm.recorded, PRU_FROM, PRU_TO)
    ever_6 = any_of(a, c)
    however = any_of(b, d)
    if ever_6 then ever_6 = nil end
    if however then however = nil end
  elseif ORDINARY_SCHOOL[kind] then
    ever_6, however = recorded_meals(fsm and fsm.recorded, FSM_FROM, FSM_TO)
  elseif kind == "pupil_referral_unit" then
    ever_6, however = recorded_meals(fsm and fsm.recorded, PRU_FROM, PRU_TO)
  else
    ever_6, however = false, false
  end
  if not on_roll then
    if ever_6 then ever_6 = nil end
    if however then however = nil end
  end

  local ground = looked_after or previously or ever_6
  if in_years and ground then
    if looked_after then return "refer", CARE_RATE end
    if looked_after == nil then return "needs_evidence" end
    if previously then return "refer", CARE_RATE end
    if previously == nil then return "needs_evidence" end
    return "refer", primary and PRIMARY_RATE or SECONDARY_RATE
  end
  if no_curriculum and ground then return "refer" end
  local none = looked_after == false and previously == false and ever_6 == false
  if in_years == false or none then
    -- Not met whatever the window should be, or only by what is not confirmed.
    if in_years == false or however == false then return "not_met" end
    return "refer"
  end
  return "needs_evidence"
end

-- The host's doors ------------------------------------------------------------

local rules = {
  "disability-access-fund", "ehc-annual-review", "ehc-phase-transfer",
  "element-3-top-up", "herefordshire-high-needs-matrix",
  "jcq-approval-in-date", "jcq-extra-time-25", "kent-high-needs-funding",
  "persistent-absence", "pupil-premium",
}

-- Fills the three lists by rule; an outcome of nil is a rule of elsewhere.
local function check(pupil, outcomes, amounts, dues)
  outcomes[1], amounts[1], dues[1] = disability_access_fund(pupil)
  outcomes[2], amounts[2], dues[2] = ehc_annual_review(pupil)
  outcomes[3], amounts[3], dues[3] = ehc_phase_transfer(pupil)
  outcomes[4], amounts[4], dues[4] = element_3_top_up(pupil)
  outcomes[5], amounts[5], dues[5] = herefordshire_high_needs_matrix(pupil)
  outcomes[6], amounts[6], dues[6] = jcq_approval_in_date(pupil)
  outcomes[7], amounts[7], dues[7] = jcq_extra_time_25(pupil)
  outcomes[8], amounts[8], dues[8] = kent_high_needs_funding(pupil)
  outcomes[9], amounts[9], dues[9] = persistent_absence(pupil)
  outcomes[10], amounts[10], dues[10] = pupil_premium(pupil)
end

local function check_all(pupils, outcomes, amounts, dues)
  for i = 1, #pupils do check(pupils[i], outcomes, amounts, dues) end
end

return { rules = rules, check = check, check_all = check_all }
